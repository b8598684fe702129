// @ts-check
// Any page: a portfolio, a blog, a course's own pages. What it says of itself for machines is all that is believed.
{
  /** @type {Site} */
  const any = {
    name: "any",
    label: null,
    marks: true,
    isAt: () => true,
    holds: () => true,
    statedIn: Touchstone.context.statedIn,
    isChanged: () => false,
  };

  Touchstone.sites = { all: [any], at: (location) => Touchstone.sites.all.find((site) => site.isAt(location)) ?? any };
}
