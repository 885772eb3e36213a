"""The counties of California one after the other, each beside the one before it.

From Del Norte to Imperial. Every two that follow each other touch, some across water, by the
county adjacency file of the U.S. Census Bureau (2010); of the many such orders one whose
neighbours lie near each other. Source: docs/sources.md#county-adjacency.
"""

COUNTIES_IN_ORDER: tuple[str, ...] = (
    *("06015", "06023", "06105", "06093", "06089", "06049", "06035", "06063", "06091", "06057"),
    *("06115", "06101", "06011", "06007", "06021", "06103", "06045", "06033", "06097", "06055"),
    *("06095", "06113", "06067", "06061", "06017", "06005", "06003", "06009", "06109", "06043"),
    *("06099", "06077", "06013", "06041", "06075", "06001", "06081", "06085", "06087", "06053"),
    *("06069", "06047", "06039", "06051", "06027", "06019", "06031", "06107", "06029", "06079"),
    *("06083", "06111", "06037", "06059", "06071", "06065", "06073", "06025"),
)  # fmt: skip
