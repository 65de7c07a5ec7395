"""Rows 17 to 37: posts and people."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

POST_ROWS: tuple[Row, ...] = (
    Row(number=17, name=Text("选派第一书记", "First secretaries to weak communities"), report="000",
        primitives=("postings.posts", "postings.term_months", "postings.eligible_share", "slots.sender",
                    "slots.skill", "slots.home_street_code"),
        parameters=("posting_effect", "posting_ramp", "posting_fade", "posting_cost", "solve_quality"),
        says=Text("向服务质量最弱的社区选派干部，专长和派出层级越合适提升越大，约九个月见效，离任后减退；"
                  "工资和补贴由派出单位承担，派出单位少一名干部。",
                  "Officials are posted to the weakest communities and raise quality by their fit, within about "
                  "nine months, fading once they leave; the sender bears their wage and goes without them.")),
    Row(number=18, name=Text("副书记与高校毕业生助理", "Deputy secretaries and graduate assistants"), report="000",
        primitives=("extra_posts",),
        parameters=("post_cost", "hours_per_post", "direct_share", "contact_share"),
        says=Text("增设有薪岗位，由规划配置到最缺人手的社区，增加联系和服务工时；每个岗位按全年成本计入支出。",
                  "Paid posts are added, which the plan places where hands are shortest, for more contact and "
                  "service; each post counts at its full yearly cost.")),
    Row(number=19, report="000",
        name=Text("领导定期研究社区难题", "Leaders settle identity, posts, funds and premises"),
        primitives=("levers.attention", "supports.cost_fen"),
        parameters=("street_delay", "district_delay", "city_delay"),
        says=Text("区领导定期研究社区的身份、岗位、经费和场所难题，逾期卡在部门的事项更快办结，社区早得答复；"
                  "会议和督办的时间成本由区级承担。",
                  "Leaders take up blocked questions of posts, funds and premises at regular meetings, so that overdue "
                  "matters are answered sooner; the district bears the time of leaders and departments.")),
    Row(number=20, name=Text("领导干部联系点", "Leader contact points"), report="000, 001, 003",
        primitives=("levers.attention", "levers.campaign", "supports.cost_fen"),
        parameters=("campaign_fade", "solve_quality", "district_delay"),
        says=Text("每名领导联系一个薄弱社区，该社区逾期的上转事项更快办结，服务质量一时提高、随后减退；"
                  "没有联系点的社区不受益，花费的是领导下点时间。",
                  "Each leader takes on one weak community, where overdue matters clear sooner and quality rises "
                  "for a while; the others gain nothing, and the cost is the leaders' days.")),
    Row(number=21, report="000, 002",
        name=Text("驻区单位兼职委员", "Part-time committee members from resident units"),
        primitives=("units.cooperation", "levers.liaison", "supports.cost_fen", "supports.payer"),
        parameters=("partner_gain", "partner_up", "partner_down", "partner_leave", "partner_listing",
                    "partner_return"),
        says=Text("驻区单位骨干兼任社区委员，单位合作度提高、看得到更多需求，社区多得单位工时；"
                  "社区须拿出志愿工时回馈，得不到回报的单位仍会退出。",
                  "Staff of units join the committee: units cooperate more and see more needs, which brings hours; "
                  "communities give back volunteers' hours, and a unit that gains nothing still leaves.")),
    Row(number=22, name=Text("交叉任职与人才交流", "Cross-posting and talent exchange"), report="001, 002",
        primitives=("levers.training_days", "levers.turnover_cut"),
        parameters=("training_effect", "training_days", "turnover", "newcomer_loss"),
        says=Text("干部双向挂职，人数不增不减，双方学到本领、服务质量提高；跟班学习占用工时，"
                  "轮换还要损失一段熟悉工作的时间。",
                  "Staff swap places with no change in number: both sides learn and quality rises; learning takes "
                  "their working days, and each swap loses the time it takes to settle in.")),
    Row(number=23, name=Text("社区工作者轮岗外派培训", "Worker rotation, outside placement, training"), report="003",
        primitives=("levers.training_days", "levers.turnover_cut", "supports.cost_fen"),
        parameters=("training_effect", "training_days", "quality_drift", "turnover", "newcomer_loss"),
        says=Text("每人每年脱产培训若干天，服务质量逐步提高、天数越多收效越小；培训日和轮岗占用服务工时，"
                  "居民先少得一些服务，培训费由区级承担。",
                  "Days of training raise quality step by step with falling returns; training and rotation take "
                  "hours from residents first, and the district pays the fees.")),
    Row(number=24, name=Text("述训传学", "Cascade training"), report="003",
        primitives=("levers.training_cascade", "levers.admin_relief"),
        parameters=("training_effect", "training_days", "quality_drift", "direct_share"),
        says=Text("受训人员回来后述学、传授，同样的培训天数使更多同事提高质量；传授也占工时，没有培训便无从传授。",
                  "The trained pass on what they learnt, so that the same days raise the quality of more "
                  "colleagues; passing on takes hours too, and without training there is nothing to pass on.")),
    Row(number=25, name=Text("百日提升行动", "The 100-day improvement"), report="002",
        primitives=("levers.campaign", "levers.admin_relief", "supports.cost_fen"),
        parameters=("campaign_fade", "solve_quality", "direct_share"),
        says=Text("对照清单评估书记、限期整改三个月，服务质量在行动之初提高、此后减退；迎评占用社区工时，"
                  "评估费用由区级承担。",
                  "Secretaries are assessed on a list and mend what is short within three months: quality rises at "
                  "once and fades later; assessment takes hours, and the district pays the assessors.")),
    Row(number=26, name=Text("驻村工作组", "Village work teams"), report="004",
        primitives=("supports.hours", "supports.fen", "supports.cost_fen", "supports.payer",
                    "supports.half_life_months"),
        parameters=("contact_share", "contract_wage", "prevention_threshold"),
        says=Text("工作组带人带钱进驻落后村，村里得到外来工时和项目资金，工时逐年减少；派驻成本由上级承担，"
                  "没有列入名单的村不受益。",
                  "Teams bring hours and money to weak villages, and their hours dwindle with time; higher tiers "
                  "pay for the teams, and villages off the list gain nothing.")),
    Row(number=27, name=Text("干部和毕业生下派乡村", "Cadre and graduate placements"), report="004",
        primitives=("communities.posts", "levers.effort"),
        parameters=("post_cost", "hours_per_post", "direct_share", "solve_quality"),
        says=Text("干部和高校毕业生到乡镇和村任职，村里增加岗位工时，服务质量也有所提高；"
                  "每个岗位按全年成本计入支出。",
                  "Cadres and graduates take posts in towns and villages, which gain hours and some quality; each "
                  "post counts at its full yearly cost.")),
    Row(number=28, name=Text("优秀书记晋升通道", "Career ladder for good secretaries"), report="002, 004",
        primitives=("levers.effort", "levers.turnover_cut", "supports.cost_fen", "supports.payer"),
        parameters=("solve_quality", "quality_drift", "turnover", "newcomer_loss"),
        says=Text("优秀书记有机会考录公务员，书记们更加投入、服务质量提高；最好的书记被录走，社区承受换人损失，"
                  "名额的薪酬由上级承担。",
                  "Good secretaries may become civil servants, so secretaries try harder and quality rises; the "
                  "best leave, their communities lose hours, and higher tiers pay the places.")),
    Row(number=29, name=Text("楼宇支部", "Branches in buildings with over 50 members"), report="002",
        primitives=("levers.organisers", "levers.recruitment", "supports.cost_fen"),
        parameters=("span", "unorganised", "branch_members", "asking"),
        says=Text("党员超过五十人的楼宇建立支部，组织者增多，居民更多受邀，原先无人组织的志愿工时用得上；"
                  "组建费用由区级承担，活动经费另计。",
                  "Buildings of many members get branches: more organisers ask more residents and put idle "
                  "volunteers to work; the district pays to found them, and their activity money is counted apart.")),
    Row(number=30, name=Text("行业协会支部", "Association branches, joint with the union"), report="002",
        primitives=("levers.organisers", "units.cooperation", "supports.cost_fen", "supports.payer"),
        parameters=("span", "unorganised", "partner_up", "partner_leave"),
        says=Text("协会支部与工会同建，增加志愿组织者，会员单位更愿与社区合作；支部经费由会费和社会资金承担，"
                  "协会够不到的社区不受益。",
                  "Branches in trade associations add organisers and make member units cooperate; dues pay for "
                  "them, and communities out of the associations' reach gain nothing.")),
    Row(number=31, name=Text("市场与园区支部", "Market and park branches"), report="002",
        primitives=("levers.organisers", "levers.voicing", "supports.cost_fen"),
        parameters=("span", "unorganised", "induced_demand"),
        says=Text("市场和园区建支部，增加志愿组织者，商户职工的诉求更多说出来；社区要办的事随之增多，"
                  "支部经费由区级承担。",
                  "Branches in markets and parks add organisers and let traders and workers voice more; communities "
                  "face more requests, and the district pays for the branches.")),
    Row(number=32, name=Text("产业链支部", "Industry-chain branches"), report="004",
        primitives=("levers.member_hours", "supports.fen", "supports.cost_fen", "supports.payer"),
        parameters=("member_hours", "prevention_threshold"),
        says=Text("支部建在产业链上，农村党员多出服务工时，产业拿出部分收益给村里办服务；组建经费由区级承担，"
                  "没有产业的村不受益。",
                  "Branches along an industry's chain raise members' hours, and the industry gives part of its gains "
                  "to service in the village; the district pays to set them up, and villages without the industry "
                  "gain nothing.")),
    Row(number=33, name=Text("商务楼宇工作站", "Office-building stations"), report="001",
        primitives=("communities.posts", "levers.local_items", "units.cooperation"),
        parameters=("post_cost", "hours_per_post", "partner_up"),
        says=Text("按企业户数在商务楼宇设站配人，社区增加工时，企业事项就地办理，单位更愿合作；"
                  "每站按岗位全年成本计入支出。",
                  "Stations staffed by the number of firms give the community hours, settle firms' matters on the "
                  "spot and win units over; each station counts at the yearly cost of its posts.")),
    Row(number=34, name=Text("社区党组织升格", "Organisation upgrade"), report="002",
        primitives=("levers.organisers", "levers.admin_relief"),
        parameters=("span", "unorganised", "direct_share"),
        says=Text("支部升格为总支、党委，下设支部增多，每名组织者联系的人减少，志愿工时少浪费；"
                  "增加的会务占用社区工时。",
                  "Branches become larger organisations with more branches under them: each organiser has fewer "
                  "volunteers to lead and less of their time is lost, at the price of hours spent on meetings.")),
    Row(number=35, name=Text("乡镇组织员", "Township organisers"), report="003",
        primitives=("levers.organisers", "supports.hours", "supports.cost_fen"),
        parameters=("span", "unorganised", "contact_share"),
        says=Text("乡镇配备专职组织员，为各村带动志愿者并下村帮办；岗位薪酬由区级承担，没有配备的乡镇不受益。",
                  "Towns get organisers of their own, who lead volunteers in the villages and lend a hand; the "
                  "district pays their wages, and towns without one gain nothing.")),
    Row(number=36, name=Text("书记主任一肩挑", "One person, two posts"), report="003",
        primitives=("levers.local_items", "levers.admin_relief"),
        parameters=("street_delay", "direct_share"),
        says=Text("书记、主任由一人担任，少一道商议，更多事项当场定下、不必上转；一人担两份职责，"
                  "会务负担挤占服务工时。",
                  "One person is secretary and director, so more is settled on the spot instead of being passed up; "
                  "the double load takes hours from residents.")),
    Row(number=37, name=Text("联络员与指导员", "Liaison and guidance officers"), report="002",
        primitives=("levers.liaison", "units.cooperation", "supports.cost_fen", "supports.payer"),
        parameters=("partner_listing", "partner_up", "partner_leave"),
        says=Text("向企业和村派联络员，社区需求更多被单位看到和认领，单位合作度提高；联络员薪酬由派出单位承担，"
                  "单位少的社区得益有限。",
                  "Officers sent to firms and villages let units see and claim more of what communities need and "
                  "cooperate more; their senders pay them, and places with few units gain little.")),
)  # fmt: skip
