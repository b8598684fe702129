// @ts-check
// Words for phrases: short, of things that can be seen, and none like another. There are 256, so that a random byte is one.

export const WORDS = `
acorn amber anchor anvil apron arrow aspen atlas autumn axle bamboo basket beacon beech bell berry birch blanket
blossom boat bonfire book bottle bowl branch brass bread breeze brick bridge brook broom bucket butter button
cabin cactus camel candle canvas carrot cart castle cedar cello cherry chess chestnut chimney circle cliff clock
cloud clover cobalt comet compass copper coral cotton cricket crown crystal cup curtain daisy dawn deer desert
diamond dolphin domino donkey door dove dragon drum dune eagle echo elbow elm ember engine falcon feather fennel
fern fiddle fig finch fjord flame forest fossil fountain frost garden garlic gate gazelle geyser ginger glove
granite grape hammer harbour harp hazel heather hill honey horizon horse island ivory ivy jasmine jasper jigsaw
juniper kettle kite koala ladder lagoon lake lantern lark laurel lavender leaf lemon lighthouse lilac linen lion
lizard lobster locket lotus magpie mango marble marigold market melon mill mint mirror mitten moon moth mountain
mulberry mushroom needle nest nettle nickel nutmeg oak oasis ocean onion orchard orchid otter owl oyster paddle
paper parrot pasture peach pearl pelican pencil pepper piano pigeon pillow pine planet plum pocket pond poplar
poppy prairie prism puffin puzzle quarry quartz quince rabbit radish rain ribbon ridge river rope rose ruby
saddle sage sail salmon sand seal shore silver slate sleigh snow sparrow spiral spoon spring squirrel starling
stone stork straw summer swallow swan table tea thistle thunder thyme timber tower trout trumpet tulip tunnel
turtle umbrella vanilla velvet village vine violet violin walrus wheat willow window winter wren yarrow zebra
`
  .trim()
  .split(/\s/);
