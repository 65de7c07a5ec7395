"""Rows 38 to 53: floor space and service points."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

VENUE_ROWS: tuple[Row, ...] = (
    Row(number=38, name=Text("活动场所建设", "Venue programme from five sources"), report="000",
        primitives=("venues.capital_fen", "venues.modes", "sites.cost_yuan", "sites.lead_months"),
        parameters=("capital_years", "venue_running_cost", "walking_distance", "room_hours_open"),
        says=Text("每年安排建设资金，由规划选择新建和改扩建项目，建成后步行可达的社区增加活动和照护场地；"
                  "建设期内没有收益，建成后还要承担运行费。",
                  "Capital each year lets the plan build and refit venues, which add rooms for communities within a "
                  "walk once open; nothing is gained before, and running costs follow.")),
    Row(number=39, name=Text("场所面积底线", "Area floor of 350 m2"), report="000",
        primitives=("floors.venue_m2",),
        parameters=("space_norm", "capital_years", "venue_running_cost"),
        says=Text("每个社区场所面积应达到底线，规划首先补足缺口，面积小的社区得益；"
                  "建设资金因此少投给面积已够而拥挤的社区。",
                  "Every community should reach the floor, and the plan fills the gaps first, which serves small "
                  "places; crowded communities above the floor get less of the capital.")),
    Row(number=40, name=Text("开发商配建与单位共享场地", "Developer-provided and unit-shared space"), report="000",
        primitives=("communities.service_m2", "units.room_hours_month", "supports.cost_fen"),
        parameters=("room_hours_open", "room_m2", "venue_running_cost"),
        says=Text("开发商移交用房、单位开放场地，社区不必自建就增加活动面积；每平方米花费远低于建设，"
                  "接收和运行费用由区级承担，没有开发和单位的社区得不到。",
                  "Developers hand over rooms and units open theirs, so communities gain space far below building "
                  "cost; the district pays to take over and run it, and places without either get none.")),
    Row(number=41, name=Text("办公最小化、服务最大化", "Space-mix rule, offices minimal"), report="000",
        primitives=("floors.activity_share",),
        parameters=("room_hours_open", "room_m2", "care_space"),
        says=Text("场所中用于居民的面积不低于规定比例，居民活动和照护场地增加；总面积不变，让出的是社区办公用房。",
                  "At least a set share of floor space serves residents, who gain rooms; the total stays, and the "
                  "committee's offices give way.")),
    Row(number=42, name=Text("村级三室一厅一广场", "Village space: three rooms, hall, square and more"), report="000",
        primitives=("sites.m2", "sites.cost_yuan", "sites.lead_months", "sites.community_code", "venues.capital_fen"),
        parameters=("capital_years", "venue_running_cost", "room_hours_open"),
        says=Text("村级场所按统一模块建设，每个模块增加面积也增加造价，村民得到活动和照护场地；费用由建设资金承担，"
                  "模块多则建的村少。",
                  "Village venues follow one list of modules, each adding space and cost, which gives villagers "
                  "rooms; capital pays, and the more modules the fewer villages.")),
    Row(number=43, name=Text("一站式服务大厅", "One-stop hall"), report="000",
        primitives=("levers.hours_window", "levers.local_items", "supports.cost_fen"),
        parameters=("matter_hours_scale", "street_delay"),
        says=Text("窗口事项集中在一厅办理，每件耗时减少、少往上转，居民少跑趟；改造和运行费用由区级承担，"
                  "其他事项不变。",
                  "Counter matters are settled in one hall, with fewer hours each and fewer passed up; the district "
                  "pays to fit and run it, and other matters stay as they were.")),
    Row(number=44, name=Text("6+x服务窗口", "Windows 6+x"), report="000",
        primitives=("communities.windows", "supports.cost_fen"),
        parameters=("window_local_gain", "street_delay", "district_delay"),
        says=Text("在六个基本窗口外按需增设窗口，更多种类的事项就地办结；设备和人员培训费用由区级承担，"
                  "六个以内不见效。",
                  "Windows beyond the basic six settle more kinds of matter on the spot; the district pays to equip "
                  "them, and up to six they change nothing.")),
    Row(number=45, name=Text("三级便民服务网络", "Three-tier service network"), report="002",
        primitives=("levers.local_items", "levers.delegated", "levers.voicing", "supports.cost_fen"),
        parameters=("to_district", "district_delay", "induced_demand"),
        says=Text("事项按区、街道、社区三级分工，能下放的就近办理，居民少等少跑腿、更愿意反映；"
                  "服务点运行费由区级承担，下放后街道工作量增加。",
                  "Items are divided over three tiers and settled as near as they can be, so residents wait "
                  "less, make fewer trips and voice more; the district pays for the points, and streets get more to do.")),
    Row(number=46, name=Text("十五分钟服务圈", "The 15-minute circle, both at 100 %"), report="002",
        primitives=("communities.venue_distance_m", "supports.cost_fen"),
        parameters=("access_loss", "walking_distance"),
        says=Text("偏远社区增设服务点，居民步行可达，诉求更容易说出来；设点费用由区级承担，已在圈内的社区不变，"
                  "社区要办的事增多。",
                  "Service points bring every resident within a walk, so that far communities voice more; the "
                  "district pays for the points, those already near gain nothing, and requests grow.")),
    Row(number=47, name=Text("配套设施清单", "Facility kit"), report="002",
        primitives=("communities.service_m2", "supports.cost_fen"),
        parameters=("care_space", "room_hours_per_activity", "room_hours_per_care", "room_hours_open"),
        says=Text("按清单配齐图书室、活动室、卫生室等用房，居民的活动和照护场地增加；配置和运行费用由区级承担，"
                  "用房种类只分活动和照护两类计算。",
                  "Libraries, clinics and rooms are provided by a list, which adds room for activities and care, "
                  "the only two uses told apart; the district pays to provide and run them.")),
    Row(number=48, name=Text("联村合建场所", "Co-built venues"), report="003",
        primitives=("communities.service_m2", "levers.voicing", "supports.cost_fen", "supports.payer"),
        parameters=("capital_years", "venue_running_cost", "access_loss"),
        says=Text("几个村合建一处场所，造价由区级和各村分担，每村按份使用、花费少；"
                  "场所不在本村的居民走得更远、少反映一些诉求，没有参加合建的村不受益。",
                  "Villages build one venue together and share its rooms and its price with the district; where it "
                  "stands in another village residents walk further and voice a little less, and villages that take "
                  "no part gain nothing.")),
    Row(number=49, report="003",
        name=Text("场所运行与供暖保障", "Venue running rules, heating, equipment, spare land"),
        primitives=("levers.room_hours", "supports.cost_fen"),
        parameters=("space_norm", "room_hours_open", "room_m2"),
        says=Text("冬季供暖、设备和管理到位，场所可用时间增加，居民的活动和照护多了场地；费用按标准面积由区级承担。",
                  "Heating, equipment and rules let rooms be used for more hours, which residents' activities and care "
                  "gain; the district pays by the square metre of the norm.")),
    Row(number=50, name=Text("农村村级场所", "Village venues, rural"), report="004",
        primitives=("communities.service_m2", "supports.cost_fen", "supports.payer"),
        parameters=("capital_years", "venue_running_cost", "room_hours_open"),
        says=Text("用造价低、面积小的统一场所覆盖薄弱村，村民就近有活动和照护场地；建设由省级出资，运行费由区级承担，"
                  "每村所得面积小，名单之外的村不受益。",
                  "Cheap, small venues of one kind give weak villages rooms for activities and care; the province "
                  "pays to build and the district to run them, each village gets little space, and those off the "
                  "list none.")),
    Row(number=51, name=Text("单位阵地共享", "Venue sharing with units"), report="001",
        primitives=("units.room_hours_month", "levers.answering"),
        parameters=("partner_gain", "partner_down", "partner_leave", "partner_return"),
        says=Text("单位在空闲时段开放场地，周边社区不花建设资金就增加场地时数；社区以志愿工时回馈，"
                  "合作度下降则开放时数减少。",
                  "Units open rooms off-peak, and communities around gain room-hours without capital; they answer "
                  "with volunteers' hours, and rooms are lost where cooperation falls.")),
    Row(number=52, name=Text("远程教育站点", "Distance-learning site with sub-sites"), report="000",
        primitives=("levers.training_days", "levers.voicing", "supports.cost_fen"),
        parameters=("training_effect", "training_days", "induced_demand"),
        says=Text("站点和分站播放课程与政策，工作者得到培训、居民更了解该找谁办；学习占用工时，诉求增多，"
                  "设备费由区级承担。",
                  "Sites carry courses and news: workers learn and residents know whom to ask; learning takes "
                  "hours, requests grow, and the district pays for equipment.")),
    Row(number=53, name=Text("示范点", "Demonstration sites"), report="003",
        primitives=("levers.effort", "levers.training_days", "supports.cost_fen"),
        parameters=("solve_quality", "training_effect", "training_days"),
        says=Text("集中资金和精力办好少数示范点，选质量居中、尚有提升余地的社区，示范点质量明显提高，来参观学习的社区略有提高；费用由区级承担，"
                  "参观占用工时。",
                  "Money and attention go to a few sites in the middle of the field, where there is something left to gain: "
                  "their quality rises much, and communities that visit learn a little; the district pays, and visits take "
                  "working days.")),
)  # fmt: skip
