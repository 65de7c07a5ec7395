"""Rows 65 to 80: participation and partners."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

PARTNER_ROWS: tuple[Row, ...] = (
    Row(number=65, name=Text("微心愿", "Micro-wishes"), report="000",
        primitives=("levers.wishes", "supports.cost_fen", "supports.payer"),
        parameters=("hardship_need_ratio", "hours_per_wish", "member_hours"),
        says=Text("党员认领困难居民的微心愿，困难居民的事项得到解决，不占社区工作者工时；花费由认领人承担，"
                  "占用党员原可用于其他服务的时间，认领数不超过发布数和党员工时所及。",
                  "Members claim wishes of residents in hardship, whose matters are met without staff hours; those "
                  "who claim pay, give hours that others would have had, and claim no more than is posted or they "
                  "have time for.")),
    Row(number=66, name=Text("在职党员到社区报到", "In-service members report to the community"), report="001",
        primitives=("levers.member_hours", "levers.admin_relief"),
        parameters=("member_hours", "party_fund_norm", "direct_share"),
        says=Text("在职党员到居住地报到服务，在职党员多的城市社区多得工时；登记和年度评议占用社区工作者时间，"
                  "村里在职党员很少，几乎不得益。",
                  "Members in service serve where they live, which gives hours to urban communities with many of them; registering "
                  "and appraising them takes staff time, and villages, where few are in service, gain next to nothing.")),
    Row(number=67, name=Text("注册志愿者", "Registered volunteers"), report="002",
        primitives=("levers.recruitment", "levers.organisers", "supports.cost_fen"),
        parameters=("asking", "asking_gain", "peer_asking", "engagement_decay", "span"),
        says=Text("加大当面招募并配组织者，参与居民带动邻居，志愿工时增加；不持续招募便逐渐回落，"
                  "招募和保障费用由区级承担。",
                  "More asking in person, with organisers, spreads from neighbour to neighbour and adds volunteers' "
                  "hours; it falls back once asking stops, and the district pays for recruitment.")),
    Row(number=68, name=Text("五联共建", "Five-joint co-building"), report="002",
        primitives=("units.cooperation", "units.hours_month", "units.room_hours_month", "levers.answering"),
        parameters=("partner_gain", "partner_up", "partner_down", "partner_leave", "partner_return"),
        says=Text("单位与社区组织联建、资源共用，单位多出工时和场地；社区以志愿工时回馈，"
                  "单方付出的单位合作度下降直至退出。",
                  "Units and communities act jointly, and units give more hours and rooms; communities give back "
                  "volunteers' hours, and a unit that only gives cools and leaves.")),
    Row(number=69, name=Text("共建协议双向认领", "Paired agreements, two-way claiming"), report="001",
        primitives=("levers.liaison", "levers.answering"),
        parameters=("partner_listing", "partner_return", "partner_gain", "partner_up", "partner_leave"),
        says=Text("社区与单位互列清单、双向认领，单位认领的事项增多，也得到所需服务而愿意留下；社区付出志愿工时，"
                  "认领数不超过双方清单。",
                  "Both sides list and claim: units take on more and stay because they gain too; communities give "
                  "volunteers' hours, and no more is matched than either side listed.")),
    Row(number=70, name=Text("服务项目化", "Project-based service"), report="001",
        primitives=("supports.fen", "supports.payer", "levers.hours_activity"),
        parameters=("contract_wage", "contract_limit", "matter_hours_scale"),
        says=Text("单位出资认办服务项目，成果和负责人明确，社区多得资金，活动组织更省工时；资金由单位承担，"
                  "没有项目的社区不受益。",
                  "Units fund projects with a stated output and owner, so communities get cash and activities take "
                  "fewer hours; the units pay, and places without a project gain nothing.")),
    Row(number=71, name=Text("特色工作室", "Feature studios"), report="000",
        primitives=("levers.hours_dispute", "levers.organisers", "supports.cost_fen"),
        parameters=("matter_hours_scale", "span", "unorganised"),
        says=Text("能人领办调解等特色工作室，矛盾调解每件耗时减少，志愿者有人带；场地和补贴由区级承担，"
                  "专长以外的事项不变。",
                  "Studios led by able residents settle disputes in fewer hours and lead volunteers; the district "
                  "pays rooms and allowances, and matters outside their skill stay as they were.")),
    Row(number=72, name=Text("四点半课堂", "After-school class"), report="000",
        primitives=("levers.room_hours", "levers.hours_care", "supports.cost_fen"),
        parameters=("room_hours_per_care", "care_space", "child_need_ratio"),
        says=Text("放学后开放教室并配辅导老师，儿童看护类事项有场地、每件更省工时；老师费用由区级承担，"
                  "儿童少的社区得益小。",
                  "Rooms and tutors after school give children's care a place and make it take fewer hours; the "
                  "district pays the tutors, and communities with few children gain little.")),
    Row(number=73, name=Text("文化品牌与每周活动表", "Culture brands, weekly calendar"), report="000",
        primitives=("levers.ties", "levers.hours_activity", "supports.cost_fen"),
        parameters=("engagement_decay", "matter_hours_scale"),
        says=Text("每周有固定活动，邻里熟了参与热情消退较慢，组织活动更省工时；活动经费由区级承担，见效慢。",
                  "A weekly calendar makes neighbours know each other, so engagement decays more slowly and "
                  "activities take fewer hours; the district pays a small budget, and it works slowly.")),
    Row(number=74, name=Text("农村专业协会", "Trade associations (rural)"), report="003",
        primitives=("levers.hours_dispute", "communities.collective_income_yuan", "supports.cost_fen",
                    "supports.payer"),
        parameters=("matter_hours_scale", "own_effort", "own_limit"),
        says=Text("协会帮助农户增收并调解纠纷，村里调解更省工时、集体收入略增；运作靠会费，没有协会的村不受益。",
                  "Associations raise income and mediate, so that villages spend fewer hours on disputes and earn a "
                  "little more; dues pay for them, and villages without one gain nothing.")),
    Row(number=75, name=Text("民主议事卡与事务公开", "Deliberation card, open affairs"), report="003",
        primitives=("levers.voicing", "levers.hours_environment", "levers.admin_relief"),
        parameters=("induced_demand", "matter_hours_scale", "direct_share"),
        says=Text("居民填卡议事、事务公开，诉求更多说出来，商量在先的环境设施事项少返工；议事占用社区工时，"
                  "要办的事增多。",
                  "Residents deliberate and affairs are open: more is voiced, and upkeep agreed beforehand is not "
                  "done twice; meetings take hours, and requests grow.")),
    Row(number=76, name=Text("城乡结对（区级）", "Urban-rural pairing (district)"), report="002",
        primitives=("supports.fen", "supports.hours", "supports.half_life_months", "supports.cost_fen"),
        parameters=("contract_wage", "contact_share", "prevention_threshold"),
        says=Text("城市单位与村结对，每年帮办项目、每月上门活动，村里得到资金和工时；指派的结对逐年变淡，"
                  "花费由城市单位承担，城市社区不受益。",
                  "City units paired with villages bring a project a year and visits each month; imposed pairs cool "
                  "with time, the city units pay, and urban communities gain nothing.")),
    Row(number=77, report="004",
        name=Text("城乡和村企结对（省级）", "Urban-rural and firm-village pairing (province)"),
        primitives=("supports.fen", "supports.hours", "supports.payer", "supports.half_life_months"),
        parameters=("contract_wage", "contract_limit", "prevention_threshold", "prevention_ceiling"),
        says=Text("机关和企业与村结对共建项目，村里得到较大一笔资金和逐年减少的帮扶工时；资金由机关和企业承担，"
                  "未结对的村不受益。",
                  "Offices and firms paired with villages bring sizeable money and hours that dwindle; they pay it "
                  "themselves, and villages without a partner gain nothing.")),
    Row(number=78, name=Text("一对一帮扶", "One-to-one pairs"), report="004",
        primitives=("supports.hours", "supports.half_life_months", "care.spirit", "care.payer", "supports.cost_fen",
                    "supports.payer"),
        parameters=("care_cheer", "care_yuan", "contact_share"),
        says=Text("干部和党员与困难户一对一结对，困难户常有人上门、满意度提高，村里多得工时；结对热情逐年减退，"
                  "花费由结对人承担。",
                  "One person is paired with one household in hardship, which is cheered by visits while the "
                  "village gains hours; zeal fades with time, and those who pair bear the cost.")),
    Row(number=79, name=Text("强村带弱村与集群社区", "Merging weak into strong, cluster community"), report="004",
        primitives=("levers.effort", "levers.voicing", "levers.admin_relief", "supports.cost_fen"),
        parameters=("solve_quality", "access_loss", "direct_share"),
        says=Text("弱村并入强村统一管理，办事质量向强村靠拢，行政工时节省；服务点变远，弱村居民少反映一些，"
                  "整合费用由区级承担。",
                  "Weak villages are run with a strong one: their quality comes nearer to it and administration is "
                  "saved; the service point is further, they voice less, and the district pays for the change.")),
    Row(number=80, name=Text("龙头企业带村", "Enterprise leads village"), report="004",
        primitives=("communities.collective_income_yuan", "supports.fen", "supports.payer"),
        parameters=("own_effort", "own_limit", "revenue_scale"),
        says=Text("企业带动村集体增收并出资办服务，村里资金增加；钱由企业承担，收入随经营波动，"
                  "没有企业带动的村不受益。",
                  "A firm raises a village's income and pays for service in it; the firm bears the money, income "
                  "swings with business, and villages without a firm gain nothing.")),
)  # fmt: skip
