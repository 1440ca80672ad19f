namespace Brigade.Contracts.Plan;

/// <summary>
/// Random numbers whose sequence is a promise: a stored seed gives the same order in every version of the product, which System.Random does not
/// guarantee. SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
/// </summary>
internal sealed class SeededRandom(int seed)
{
    private ulong _state = unchecked((uint)seed);

    /// <summary>Puts the items in a random order (Fisher-Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)Below((ulong)last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>A number from 0 to below the bound, each equally likely: what is drawn from the uneven rest is drawn again.</summary>
    private ulong Below(ulong bound)
    {
        var limit = ulong.MaxValue - (ulong.MaxValue % bound);
        ulong value;
        do
        {
            value = Next();
        }
        while (value >= limit);

        return value % bound;
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
