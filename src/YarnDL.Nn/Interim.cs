namespace YarnDL.Nn;

#pragma warning disable
internal static class Maths
{
    public static double Cos(double x) => throw new NotImplementedException();
    public static double Pow(double x, double y) => throw new NotImplementedException();
}

internal enum RandomKind : byte { Initial = 1 }

internal readonly record struct PhiloxWords(uint A)
{
    public uint this[int i] => throw new NotImplementedException();
}

internal static class Philox
{
    public static uint Purpose(RandomKind kind, int stream) => 0;
    public static PhiloxWords Words(ulong seed, uint purpose, uint epoch, byte copy, long row, long block) => default;
    public static (double First, double Second) Normals(uint word1, uint word2) => default;
}
