"""Rows 54 to 64: grids, contact, response."""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.text import Text

GRID_ROWS: tuple[Row, ...] = (
    Row(number=54, name=Text("网格划分", "Grids"), report="000",
        primitives=("communities.grids",),
        parameters=("grid_norm", "grid_familiarity", "warden_hours", "grid_cost", "contact_reference",
                    "contact_voicing"),
        says=Text("网格划小、网格员增多，居民的困难更早被发现、说出来，服务工时也有增加；"
                  "每个网格按全年成本计入支出，社区要办的事增多。",
                  "Smaller grids with more wardens find and voice residents' matters earlier and add some hours; "
                  "each grid counts at its yearly cost, and requests grow.")),
    Row(number=55, name=Text("机关部门下沉网格", "Officials and departments in grids, direct line"), report="000",
        primitives=("supports.hours", "levers.local_items", "levers.hours_safety", "supports.cost_fen"),
        parameters=("street_delay", "matter_hours_scale", "contact_share"),
        says=Text("机关干部和执法部门进网格，隐患当场处置、少转一道，社区多得工时；干部时间由派出部门承担，"
                  "机关内的工作相应减少。",
                  "Officials and departments come to the grids: hazards are dealt with on the spot, a step is "
                  "skipped and hours are gained; the departments bear the time of their staff.")),
    Row(number=56, name=Text("组团式服务", "Grouped service teams"), report="001, 002",
        primitives=("supports.hours", "levers.hours_care", "levers.hours_dispute", "supports.cost_fen",
                    "supports.payer"),
        parameters=("contact_share", "matter_hours_scale"),
        says=Text("医生、教师、民警等组团上门，一次解决几件事，照护和调解每件耗时减少；"
                  "组团人员的时间由派出单位承担，组团以外的事项不变。",
                  "Doctors, teachers and police visit together and settle several things at once, so that care and "
                  "disputes take fewer hours; their employers bear their time, and other matters stay as they were.")),
    Row(number=57, name=Text("全时段服务", "All-hours service"), report="000",
        primitives=("levers.open_hours",),
        parameters=("opening_voicing", "opening_hours_cost"),
        says=Text("服务点延长开放、预约和应急并行，上班居民也能反映事项；延长时段占用工作者工时，"
                  "每件事可用的工时减少。",
                  "Longer opening with appointments and emergencies lets working residents voice their matters; "
                  "keeping open takes staff hours, and fewer are left for each matter.")),
    Row(number=58, name=Text("全程代理", "Agency service"), report="002",
        primitives=("levers.agency",),
        parameters=("access_loss", "agency_load"),
        says=Text("社区代居民跑办事项，住得远的居民不再因路远而不说；每件事耗时增加，人手紧的社区排队变长、答复变慢，"
                  "居民反而少说，只有人手够用时反映的事项才增多。",
                  "The community acts for the resident, so that distance no longer keeps matters unvoiced; each "
                  "matter takes more hours, so that queues grow where hands are short and slower answers keep people from "
                  "speaking up: more is voiced only where there are hands enough.")),
    Row(number=59, name=Text("三级信息平台", "Information platform across three tiers"), report="001",
        primitives=("levers.platform", "levers.admin_relief", "supports.cost_fen"),
        parameters=("street_delay", "district_delay", "city_delay", "direct_share"),
        says=Text("区、街道、社区信息互通，上转事项流转时间缩短，重复填报减少；平台建设和维护费由区级承担，"
                  "就地办理的事项不变。",
                  "Three tiers on one platform shorten the routing of matters and end double reporting; the "
                  "district pays to build and keep it, and matters settled locally do not change.")),
    Row(number=60, name=Text("事项准入、费随事转", "Task admission, money follows task"), report="001",
        primitives=("levers.admin_relief", "supports.cost_fen"),
        parameters=("direct_share", "contract_wage"),
        says=Text("未经准入的任务不再派给社区，工作者省下行政工时服务居民；准入的任务由派出部门按工时付费、"
                  "专款用于办这些任务，社区没有多出可自由支配的钱。",
                  "Tasks not admitted no longer reach communities, whose workers save administrative hours for "
                  "residents; departments pay for the tasks that are admitted, and the money goes into doing them.")),
    Row(number=61, name=Text("街道机构整合6+2", "Office consolidation 6+2"), report="001",
        primitives=("levers.hours_window", "levers.platform", "supports.cost_fen"),
        parameters=("matter_hours_scale", "street_delay"),
        says=Text("街道机构归并为六办两中心，窗口办理更顺、流转更快，居民少等；改革的一次性费用由区级承担，"
                  "不增减人员。",
                  "Street offices are merged into eight, so counters work better and matters move faster; the "
                  "district pays the cost of the change, and staff numbers stay.")),
    Row(number=62, name=Text("五项权力下放", "Five delegated powers"), report="001",
        primitives=("levers.delegated", "supports.cost_fen"),
        parameters=("to_district", "to_city", "district_delay", "city_delay", "street_delay"),
        says=Text("原由区和市决定的一部分事项改由街道决定，居民少等一个月以上；街道承接的人员费用由区级承担，"
                  "本在街道办理的事项不变。",
                  "Streets decide part of what district and city decided, and residents wait a month or more less; "
                  "the district pays for the staff this takes, and matters of the street itself do not change.")),
    Row(number=63, name=Text("三级联席会议", "Three-level linkage meetings"), report="001, 002",
        primitives=("meetings.city", "meetings.district", "meetings.street", "supports.cost_fen", "supports.payer"),
        parameters=("meeting_clears", "meeting_hours", "street_delay", "district_delay", "city_delay"),
        says=Text("市每年、区每季、街道每月开联席会议，每次办结一批卡在本级的事项；筹备和参加街道会议占用社区工时，"
                  "市、区参会人员的时间由市、区承担。",
                  "A yearly city, quarterly district and monthly street meeting each settle part of what is stuck "
                  "with their tier; preparing and attending the street's takes communities' hours, and city and district bear "
                  "the time of their officials.")),
    Row(number=64, name=Text("流动党员服务热线", "Floating-member hotline, 17 services"), report="002",
        primitives=("levers.voicing", "levers.local_items", "supports.cost_fen"),
        parameters=("floating_need_ratio", "induced_demand", "street_delay"),
        says=Text("热线使流动人口多的社区更多事项说得出来，一部分当场答复；社区要办的事增多，接线费用由区级承担，"
                  "只按社区汇总计算。",
                  "A hotline lets places with many floating residents voice more and answers part at once; requests "
                  "grow, the district pays for the lines, and only totals of a community are counted.")),
)  # fmt: skip
