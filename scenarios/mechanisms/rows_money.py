"""Rows 1 to 16: money."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

MONEY_ROWS: tuple[Row, ...] = (
    Row(number=1, name=Text("社区工作经费保底", "Work-fund floor per community"), report="000",
        primitives=("communities.work_fund_yuan",),
        parameters=("work_fund_norm", "work_fund_reach"),
        says=Text("工作经费补到保底数，原先经费不足的社区恢复因缺钱而停的工时，达标的社区没有变化；"
                  "差额由区财政承担。",
                  "Work funds are topped up to a floor: communities below the norm regain the hours they could not "
                  "run, those above it gain nothing, and the district pays the difference.")),
    Row(number=2, name=Text("党建经费保底", "Party-building fund floor"), report="000",
        primitives=("communities.party_fund_yuan",),
        parameters=("party_fund_norm", "member_hours"),
        says=Text("党建经费补到保底数，专款专用，支部正常活动后党员多出服务工时，超过标准的部分不再见效；"
                  "差额由区财政承担。",
                  "An earmarked fund is topped up to a floor: branches become active and members give more hours, "
                  "nothing more is gained above the norm, and the district pays the difference.")),
    Row(number=3, name=Text("服务群众专项经费", "Service-to-residents fund"), report="000",
        primitives=("service_fund.mode", "service_fund.granter", "service_fund.entitlement_fen"),
        parameters=("contract_wage", "contract_limit", "prevention_threshold", "prevention_ceiling", "stick_rate"),
        says=Text("每个社区每年得到一笔资金，由规划用于办理事项、购买服务和事前预防，预防投入不过门槛不见效；"
                  "出资层级承担全部金额，街镇和村的自筹会被挤出一部分。",
                  "Every community gets money a year, which the plan spends on matters, contract hours and "
                  "prevention that needs a threshold; the granter pays it all, and part of own money is displaced.")),
    Row(number=4, name=Text("市区1:1配套", "Matched funding, 1:1 city and district"), report="000",
        primitives=("service_fund.mode", "service_fund.payer", "service_fund.ratio", "service_fund.pool_fen",
                    "service_fund.cap_fen", "service_fund.ratios"),
        parameters=("match_response", "own_effort", "own_limit", "stick_rate", "revenue_scale"),
        says=Text("强制配套由市、区分担同一笔经费，社区所得不变；自愿配套降低地方每出一元的代价，"
                  "拿得出自筹资金的街镇和村得益，拿不出的只得保底部分。",
                  "Mandated, city and district share the same fund and communities get no more; voluntary, a local "
                  "yuan becomes cheaper, which serves streets and villages with own money and leaves the others the "
                  "base grant.")),
    Row(number=5, name=Text("列入财政预算", "Budget-line status"), report="000",
        primitives=("rates.payment_delay",),
        parameters=("payment_delay",),
        says=Text("经费列入年度预算后按时到账，社区从年初就能办事、购买服务；总额不变，不增加支出。",
                  "As a budget line the money arrives without delay, so communities can act from the start of the "
                  "year; the total stays the same and nobody pays more.")),
    Row(number=6, name=Text("整合部门专项资金", "Pooling of departmental money"), report="001",
        primitives=("supports.fen", "supports.payer", "levers.admin_relief"),
        parameters=("direct_share", "contract_wage", "prevention_threshold"),
        says=Text("部门专项资金按比例并入社区服务资金，可按需使用，社区填报专项材料的工时也省下来用于居民；"
                  "并入部分由原出资部门承担，计入总支出。",
                  "A share of earmarked money joins the service money of communities, which spend it by need and "
                  "save reporting hours; the departments pay it as before, and it counts in the outlay.")),
    Row(number=7, report="001",
        name=Text("取消街道招商、财政全额保障", "Street fully funded, investment task removed"),
        primitives=("supports.hours", "supports.cost_fen", "streets.own_revenue_yuan"),
        parameters=("own_effort", "own_limit", "contact_share", "hours_per_post", "post_cost"),
        says=Text("街道不再承担招商任务，骨干回到服务岗位，居民得到更多工时；街道自有收入减少、自筹随之下降，"
                  "保障经费由区财政承担。",
                  "Streets stop attracting investment and their staff return to residents, who gain hours; streets "
                  "lose own revenue and pay less of their own, and the district pays for their upkeep.")),
    Row(number=8, name=Text("县以上对村转移支付", "Village transfers from county and above"), report="004",
        primitives=("supports.fen", "supports.payer"),
        parameters=("contract_wage", "contract_limit", "prevention_threshold", "prevention_ceiling"),
        says=Text("县以上财政每年补助各村一笔服务资金，自有收入少的村资金增幅最大，城市社区不受益；"
                  "支出由上级财政承担。",
                  "Higher tiers pay every village service money each year: service money rises most in proportion "
                  "where villages earn little, urban communities get nothing, and the higher tiers bear the cost.")),
    Row(number=9, name=Text("党内关爱基金", "Care fund from several sources"), report="002",
        primitives=("care.living", "care.spirit", "care.ability", "care.payer"),
        parameters=("care_ceiling", "care_yuan", "care_cheer", "care_ability"),
        says=Text("基金帮扶困难居民和党员，生活补助减少困难引发的事项，慰问提升满意度，技能帮扶带动参与，"
                  "人均越薄收效越小；资金来自捐助、党费和财政，全额计入支出。",
                  "The fund helps people in hardship: aid prevents matters, visits cheer, help with skills brings "
                  "people to take part, each less if spread thin; donors, dues and budgets pay, and all of it "
                  "counts as outlay.")),
    Row(number=10, name=Text("特困党员帮扶卡", "Hardship fund and card"), report="002",
        primitives=("care.living", "care.payer"),
        parameters=("care_ceiling", "care_yuan"),
        says=Text("每月向名单内的特困党员发放固定补助，这一小部分人的困难事项明显减少，名单以外没有变化；"
                  "全年支出为人数乘以补助标准。",
                  "A fixed monthly sum goes to listed members in hardship, few people whose matters are prevented "
                  "well while nobody else gains; the yearly cost is heads times the sum.")),
    Row(number=11, name=Text("楼宇支部活动经费", "Activity money of building branches"), report="002",
        primitives=("levers.member_hours", "supports.cost_fen"),
        parameters=("member_hours", "branch_members"),
        says=Text("每个支部有固定活动经费和补贴，活动正常开展，党员多出服务工时；按支部数列支，"
                  "建支部的费用和当面动员另计在楼宇支部。",
                  "Each branch has activity money and an allowance, meets as it should and offers more hours of members; the "
                  "cost grows with the branches, and founding them and asking in person belong to building branches.")),
    Row(number=12, name=Text("预防与信访两笔账", "Prevent-or-pay account"), report="000",
        primitives=("supports.fen", "supports.payer"),
        parameters=("prevention_threshold", "prevention_ceiling", "prevention_fade",
                    "remedy_cost", "escalation"),
        says=Text("按信访处置支出的一定比例追加服务资金，用于预防还是办事由规划定；投入预防过门槛后上交事项和处置支出逐步下降，"
                  "见效之前两笔钱都要由区级承担。",
                  "A part of what petitions cost is added to service money, and the plan decides what of it goes into prevention: "
                  "beyond the threshold fewer matters escalate and remedies cost less, and until then the district pays both.")),
    Row(number=13, name=Text("村集体增收与空壳村", "Village collective income, empty-shell villages"), report="003",
        primitives=("communities.collective_income_yuan", "supports.cost_fen"),
        parameters=("own_effort", "own_limit", "match_response", "revenue_scale"),
        says=Text("扶持空壳村增加集体收入，村里由此有钱自办服务、用得上配套；扶持经费由区级承担，"
                  "已有收入的村得益较少。",
                  "Empty-shell villages are helped to earn, so they can pay for service and draw a match; the "
                  "district pays for the help, and villages with income gain less.")),
    Row(number=14, name=Text("村干部养老保险", "Village-cadre pension insurance"), report="003",
        primitives=("levers.turnover_cut", "supports.cost_fen"),
        parameters=("turnover", "newcomer_loss"),
        says=Text("村干部参保后流动减少，村里少损失换人期间的工时；保费每年由区级承担，城市社区不变。",
                  "Insured village cadres leave less often, and villages lose fewer hours to newcomers; the "
                  "district pays the premiums each year, and urban communities see no change.")),
    Row(number=15, name=Text("驻村干部补贴", "Stationed-cadre subsidy"), report="003",
        primitives=("supports.hours", "supports.cost_fen"),
        parameters=("contact_share", "matter_hours_scale"),
        says=Text("补贴按驻村天数规范发放，干部驻点时间增加，村里多得服务工时；支出为天数乘以标准，由区级承担，"
                  "没有驻村干部的村不受益。",
                  "A subsidy by days in the village makes stationed cadres stay longer, which gives villages hours; "
                  "the district pays days times the rate, and villages without such a cadre gain nothing.")),
    Row(number=16, name=Text("创新评比表彰", "Awards for innovation, ranking"), report="002",
        primitives=("levers.effort", "units.cooperation", "supports.cost_fen"),
        parameters=("solve_quality", "quality_drift", "partner_leave"),
        says=Text("评选双赢项目和共建对子，质量居中、尚有提升余地的社区争先、服务质量提高，获奖的驻区单位更愿合作；奖金为名额乘以奖额，"
                  "由区级承担，最好和最弱的社区变化不大。",
                  "Prizes for projects and pairs make communities in the middle of the field, which have something left to "
                  "gain, work better and winning units cooperate more; the district pays prizes times their value, and the "
                  "best and the weakest gain little.")),
)  # fmt: skip
