"""Posts and people: officials posted to weak communities, and paid posts added to the district."""

from __future__ import annotations

from scenarios.district import District, PostingRule
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.text import Text


def post_first_secretaries(district: District, *, posts: float, term: float, eligible_share: float) -> District:
    """Up to so many officials may be posted at once to the weakest communities; with 0 posts there are none."""
    if posts == 0:
        return district
    rule = PostingRule(posts=round(posts), term_months=round(term), eligible_share=eligible_share)
    return district.with_changes(postings=rule)


def add_deputies(district: District, *, per_community: float) -> District:
    """Paid posts are added to those the plan may place."""
    return district.with_changes(extra_posts=district.extra_posts + round(per_community * len(district.communities)))


def wages_of_posted(district: District, *, posts: float, term: float, eligible_share: float) -> float:
    """A year of every post that can be filled."""
    return posts * district.rates.posting_cost


def wages_of_deputies(district: District, *, per_community: float) -> float:
    """A year of every added post."""
    return round(per_community * len(district.communities)) * district.rates.post_cost


FIRST_SECRETARIES = Mechanism(
    id="first_secretaries", rows=(17,),
    name=Text("选派第一书记", "First secretaries"),
    says=Text("向服务质量最弱的社区选派第一书记，每个社区至多一名，不回原籍街镇。任职约九个月见效，离任后逐步减退；"
              "作用在于提高办事质量，不增加工时。",
              "Officials are posted as first secretaries to the weakest communities, at most one each and never to where "
              "they come from. The effect ramps up over about nine months and fades after they leave; it works through "
              "quality, not through hours."),
    resource=Text("派出单位干部", "posted officials"), serves=Text("薄弱社区", "the weakest communities"),
    acts_as=Text("办事质量，先升后退", "quality, with a ramp and a fade"),
    settings=(
        Setting(name="posts", default=40, low=0, high=400, neutral=0, source="study report 000: 选派300余名",
                says=Text("同时在任的第一书记人数", "Officials in post at once")),
        Setting(name="term", default=24, unit="months", low=6, high=60, source="A: at least two years",
                says=Text("任期", "Length of a posting")),
        Setting(name="eligible_share", default=0.2, unit="share", low=0.01, high=1.0,
                source="study report 000: 300 of 1389 communities, 21.6 %",
                says=Text("可选派的薄弱社区比例", "Share of communities, the weakest first, that may get one")),
    ),
    apply=post_first_secretaries, sets=("postings",), metric="quality", direction="higher", margin=0.02,
    evidence="field study", channels=("quality",), costs=wages_of_posted, plan_decides=True, identity="300 / 1389 = 21.6 % of communities",
)  # fmt: skip

DEPUTY_SECRETARIES = Mechanism(
    id="deputy_secretaries", rows=(18,),
    name=Text("副书记与高校毕业生助理", "Deputy secretaries and graduate assistants"),
    says=Text("增设有薪岗位，由规划配置到社区，增加服务和联系居民的工时。",
              "Paid posts are added, which the plan places in communities; they add hours for service and contact."),
    resource=Text("有薪岗位", "paid posts"), serves=Text("社区", "communities"),
    acts_as=Text("人力", "staff capacity"),
    settings=(
        Setting(name="per_community", default=2.0, low=0.0, high=10.0, neutral=0.0,
                source="study report 000: 2800余名 for 1389 communities",
                says=Text("平均每个社区增设岗位数", "Added posts, average per community")),
    ),
    apply=add_deputies, adds=("extra_posts",), metric="service_hours", direction="higher", margin=100.0,
    evidence="source claim", channels=("cost", "capacity"), costs=wages_of_deputies,
    identity="2800 / 1389 = 2.0 posts a community",
)  # fmt: skip

POSTS = (FIRST_SECRETARIES, DEPUTY_SECRETARIES)
