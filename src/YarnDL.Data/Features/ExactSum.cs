using System.Globalization;
using System.Numerics;

namespace YarnDL.Data.Features;

/// <summary>
/// An exact sum of finite float64 numbers, or of their squares: an integer count of 2^-1074 (2^-2148 for squares), so that any order and any partitioning
/// give the same sum. Not thread-safe.
/// </summary>
public sealed class ExactSum
{
    private const int Limbs = 140;
    private const int AddsBetweenCarries = 1 << 28;

    private readonly long[] _limbs = new long[Limbs];
    private BigInteger _carried;
    private int _adds;

    /// <summary>The sum as a number of units.</summary>
    public BigInteger Units
    {
        get
        {
            Carry();
            return _carried;
        }
    }

    /// <summary>Adds a finite number, in units of 2^-1074.</summary>
    public void Add(double value)
    {
        Split(value, out ulong mantissa, out int shift);
        AddAt(mantissa, shift, value < 0);
    }

    /// <summary>Adds the square of a finite number, in units of 2^-2148.</summary>
    public void AddSquare(double value)
    {
        Split(value, out ulong mantissa, out int shift);
        ulong high = Math.BigMul(mantissa, mantissa, out ulong low);
        AddAt(low, 2 * shift, false);
        AddAt(high, (2 * shift) + 64, false);
    }

    /// <summary>Adds another sum, as decimal digits of its units.</summary>
    /// <exception cref="FormatException">Not an integer.</exception>
    public void Merge(string units) => _carried += BigInteger.Parse(units, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Decimal digits of the units.</summary>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);

    /// <summary>sum / count, rounded once to the nearest float64 (ties to even).</summary>
    public static double Mean(BigInteger sum, long count) => Ratio(sum, count, -1074);

    /// <summary>(count * squares - sum^2) / (count * (count - 1)), rounded once; 0 for fewer than two.</summary>
    public static double Variance(BigInteger sum, BigInteger squares, long count) =>
        count < 2 ? 0 : Ratio((count * squares) - (sum * sum), (BigInteger)count * (count - 1), -2148);

    /// <summary>(count * squares - sum^2) / count^2, rounded once.</summary>
    public static double PopulationVariance(BigInteger sum, BigInteger squares, long count) => Ratio((count * squares) - (sum * sum), (BigInteger)count * count, -2148);

    /// <summary>numerator / denominator * 2^exponent, rounded to the nearest float64 (ties to even); denominator above 0.</summary>
    public static double Ratio(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        bool negative = numerator.Sign < 0;
        var n = BigInteger.Abs(numerator);
        int shift = 66 - (int)(n.GetBitLength() - denominator.GetBitLength());
        var q = shift >= 0
            ? BigInteger.DivRem(n << shift, denominator, out var rest)
            : BigInteger.DivRem(n, denominator << -shift, out rest);
        int power = exponent - shift;

        // A float64 has 53 bits, fewer below 2^-1022.
        int bits = (int)q.GetBitLength();
        int drop = Math.Max(bits - 53, -1074 - power);
        var kept = q >> drop;
        var cut = q - (kept << drop);
        var half = BigInteger.One << (drop - 1);
        if (cut > half || (cut == half && (!rest.IsZero || !kept.IsEven)))
        {
            kept += 1;
        }

        double value = Math.ScaleB((double)(ulong)kept, power + drop);
        return negative ? -value : value;
    }

    private static void Split(double value, out ulong mantissa, out int shift)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "[fit] an exact sum takes finite numbers only");
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = (int)(bits >> 52) & 0x7FF;
        mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1ul << 52);
        shift = Math.Max(0, exponent - 1);
    }

    private void AddAt(ulong value, int shift, bool negative)
    {
        UInt128 shifted = (UInt128)value << (shift & 31);
        for (int limb = shift >> 5; shifted != 0; limb++, shifted >>= 32)
        {
            long part = (uint)shifted;
            _limbs[limb] += negative ? -part : part;
        }

        if (++_adds == AddsBetweenCarries)
        {
            Carry();
        }
    }

    private void Carry()
    {
        if (_adds == 0)
        {
            return;
        }

        var sum = BigInteger.Zero;
        for (int i = Limbs - 1; i >= 0; i--)
        {
            sum = (sum << 32) + _limbs[i];
            _limbs[i] = 0;
        }

        _carried += sum;
        _adds = 0;
    }
}
