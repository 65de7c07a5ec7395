"""Rows 81 to 96: the control loop, and small or structural practices."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

CONTROL_ROWS: tuple[Row, ...] = (
    Row(number=81, name=Text("年度排查、整顿软弱涣散", "Yearly screening, weak bodies rectified"), report="001",
        primitives=("rectification.share", "rectification.effort", "supports.cost_fen"),
        parameters=("solve_quality", "quality_drift"),
        says=Text("每年排查需求满足最差的社区，次年集中整顿、服务质量提高；整顿力量由区级承担，"
                  "刚过线的社区得不到帮助。",
                  "Each year the communities that meet least are flagged and lifted in quality through the next; "
                  "the district pays for it, and those just above the line get no help.")),
    Row(number=82, name=Text("调度通报督查", "Dispatch, bulletin, inspection"), report="001, 003",
        primitives=("rates.inspections", "supports.cost_fen"),
        parameters=("inspections", "inspection_optimum", "inspection_effect", "inspection_hours"),
        says=Text("每年检查四次左右质量最高，原来少查的社区由此提高，已经查到四次的没有变化，再多反而下降；"
                  "每次检查占用社区工时，新增检查的督查人力由区级承担。",
                  "Quality is best at about four inspections a year: communities inspected less gain, those at four see "
                  "no change, and more make it fall; each takes hours that residents lose, and the district pays the "
                  "inspectors for those added.")),
    Row(number=83, name=Text("约谈问责", "Interview, accountability"), report="000, 001",
        primitives=("levers.effort", "levers.voicing", "levers.admin_relief"),
        parameters=("solve_quality", "quality_drift", "direct_share"),
        says=Text("对落后者约谈问责，办事更用心、质量提高；为免问责，有的事项被劝下不报，备查材料占用工时。",
                  "Those who lag are called to account and work with more care; to stay clear of blame some matters "
                  "are talked down, and records take hours.")),
    Row(number=84, name=Text("书记工程", "Secretary projects"), report="004",
        primitives=("levers.campaign", "levers.hours_environment", "levers.hours_safety", "supports.cost_fen"),
        parameters=("campaign_fade", "matter_hours_scale", "solve_quality"),
        says=Text("书记每年主抓一件事，所选领域办事更省工时、质量一时提高，随后减退；项目经费由区级承担，"
                  "未选中的领域不变。",
                  "The secretary drives one priority a year: matters in it take fewer hours and quality rises for a "
                  "while; the district pays, and what was not chosen stays as it was.")),
    Row(number=85, name=Text("提高基层工作考核权重", "Appraisal weight of the work"), report="002, 004",
        primitives=("levers.effort", "levers.contact_shift", "levers.admin_relief"),
        parameters=("solve_quality", "contact_share", "contact_voicing"),
        says=Text("考核权重提高，社区更用心、更多时间走访联系，居民诉求说得出来；办理工时相应减少，"
                  "考核材料也占用时间。",
                  "With more weight in appraisal communities try harder and visit more, so residents voice more; "
                  "hours for settling matters fall, and appraisal papers take time.")),
    Row(number=86, name=Text("承诺践诺与学习日", "Pledges, learning days"), report="003",
        primitives=("levers.effort", "levers.training_days"),
        parameters=("solve_quality", "training_effect", "training_days"),
        says=Text("党员公开承诺、按月学习，服务质量小幅提高；学习日占用工时，作用有限。",
                  "Public pledges and monthly learning days raise quality a little; learning takes working days, "
                  "and the gain is small.")),
    Row(number=87, name=Text("五级组织架构", "Five-level structure"), report="000",
        primitives=("levers.organisers", "levers.recruitment", "levers.admin_relief"),
        parameters=("span", "unorganised", "asking", "direct_share"),
        says=Text("街道到楼道中心户逐级有人牵头，每名组织者带的人少，居民更多受邀；层级多、会务多，占用社区工时。",
                  "From street to doorway every level has someone in charge, so organisers lead fewer people and "
                  "ask more of them; more levels mean more meetings, which take hours.")),
    Row(number=88, name=Text("“六类三种”分类帮扶", "Targeting of support, six classes by three kinds"), report="002",
        primitives=("care.living", "care.spirit", "care.ability"),
        parameters=("care_ceiling", "care_yuan", "care_cheer", "care_ability"),
        says=Text("六类党员中的困难者分别得到生活、精神、能力帮扶，预算按十八格分配，哪一格投得多哪一类人受益多；"
                  "全额计入支出，投得分散则收效低。",
                  "Those in hardship in six classes get aid for living, spirit and ability, eighteen cells of one "
                  "budget, and gain where money is put; all of it is outlay, and spread thin it does little.")),
    Row(number=89, name=Text("三必访", "Three must-visits"), report="002",
        primitives=("levers.contact_shift", "care.spirit"),
        parameters=("contact_share", "contact_voicing", "care_cheer"),
        says=Text("走访时间增加，困难居民得到慰问、满意度提高，更多事项说得出来；走访挤占办理工时，"
                  "只按社区汇总计算工时。",
                  "More time goes to visits, which cheer residents in hardship and bring more matters to voice; "
                  "visits take hours from settling them, and only a community's total is counted.")),
    Row(number=90, name=Text("大厅“四化”、站点“四有”", "Standards of halls and points"), report="002",
        primitives=("levers.quality_floor", "supports.cost_fen"),
        parameters=("solve_quality", "quality_drift"),
        says=Text("服务大厅和站点按八条标准达标，质量低于底线的社区补到底线，高于底线的不变；"
                  "达标费用按提高幅度由区级承担。",
                  "Halls and points must meet eight standards: communities below the floor of quality are lifted to "
                  "it, those above do not change, and the district pays by how far they are lifted.")),
    Row(number=91, name=Text("四级党员服务中心", "Four-tier member service centres"), report="004",
        primitives=("levers.member_hours", "levers.platform", "supports.cost_fen", "supports.payer"),
        parameters=("member_hours", "street_delay", "district_delay"),
        says=Text("省市县乡四级中心联通，党员更好组织、多出工时，上转事项对接更快；中心运行费由上级承担，"
                  "党员少的社区得益小。",
                  "Centres at four tiers organise members for more hours and pass matters on sooner; higher tiers "
                  "pay to run them, and places with few members gain little.")),
    Row(number=92, name=Text("双语幼儿园", "Bilingual kindergarten"), report="003",
        primitives=("communities.service_m2", "supports.hours", "supports.cost_fen"),
        parameters=("care_space", "room_hours_per_care", "room_hours_open"),
        says=Text("办幼儿园增加学前儿童的照护场地和教师工时；园舍和教师费用由区级承担，只惠及有园的村。",
                  "A kindergarten adds room for the care of small children and teachers' hours; the district pays "
                  "premises and teachers, and only villages with one gain.")),
    Row(number=93, name=Text("三级联创", "Three-level contest"), report="003",
        primitives=("levers.effort", "levers.admin_relief", "supports.cost_fen"),
        parameters=("solve_quality", "quality_drift", "direct_share"),
        says=Text("市、县、乡三级争创先进，服务质量居中、尚有提升余地的社区参评后质量提高；申报迎检占用工时，"
                  "奖励由区级承担，评不上的也要花时间。",
                  "A contest over three levels raises the quality of those who contend, in the middle of the field where there "
                  "is something left to gain; applications take hours, the district pays the prizes, and losers spend "
                  "their time too.")),
    Row(number=94, name=Text("领导接访下访", "Leaders' reception and down-visits"), report="002",
        primitives=("levers.attention", "levers.voicing", "supports.cost_fen"),
        parameters=("escalation", "remedy_cost", "induced_demand"),
        says=Text("领导按月接访下访，积压的逾期事项一批批办结，上交减少；群众更愿意反映，社区要办的事增多，"
                  "领导时间计入区级支出。",
                  "Leaders receive residents on set days and clear overdue matters, so that fewer escalate; people "
                  "voice more, requests grow, and the leaders' time is a cost of the district.")),
    Row(number=95, name=Text("党员责任区与联系户", "Members' posts, zones, linked households"), report="002",
        primitives=("levers.member_hours", "levers.ties", "supports.cost_fen"),
        parameters=("member_hours", "engagement_decay", "branch_members"),
        says=Text("党员设岗定责、联系邻近住户，服务工时增加，邻里参与消退较慢；岗位保障由区级承担，"
                  "党员少的社区得益小。",
                  "Members take posts and zones near home, which adds hours and keeps neighbours engaged longer; "
                  "the district pays for it, and places with few members gain little.")),
    Row(number=96, name=Text("服务承诺与公开答复", "Service promises with public answer"), report="002, 003",
        primitives=("levers.voicing", "levers.effort", "levers.admin_relief"),
        parameters=("induced_demand", "responsiveness_memory", "solve_quality", "direct_share"),
        says=Text("公开承诺、公开答复，居民更愿说、社区办得更用心；诉求增多使人手紧的社区更忙，书面答复占用工时。",
                  "Promises and public answers make residents voice more and communities take more care; more "
                  "requests press where hands are short, and writing answers takes hours.")),
)  # fmt: skip
