namespace YarnDL.Tensors.Kernels;

/// <summary>One leaf of a sum whose leaves are computed side by side.</summary>
internal unsafe struct LeafPlace
{
    private const long MostFloats = 1 << 23;

    public long Start;
    public int Length;
    public int Merges;

    /// <summary>More leaves than this are not computed side by side: their sums (m, n) would take too much memory.</summary>
    public static long MostLeaves(long m, long n) => MostFloats / Math.Max(1, m * n);

    /// <summary>Bytes of the list of leaves and of their sums.</summary>
    public static long ScratchBytes(long leaves, long m, long n) => (leaves * (sizeof(LeafPlace) + (m * n * sizeof(float)))) + 64;

    /// <summary>Where in the scratch the sums begin: leaf by leaf, row-major.</summary>
    public static float* Sums(LeafPlace* places, long leaves) => (float*)(((nint)(places + leaves) + 63) & ~63);

    /// <summary>Lists the leaves of a sum.</summary>
    public static void List(SumTree tree, LeafPlace* places)
    {
        for (long i = 0; tree.Next(); i++)
        {
            places[i] = new LeafPlace { Start = tree.Start, Length = (int)tree.Length, Merges = tree.Merges };
        }
    }
}
