namespace YarnDL.Nn;

/// <summary>Powers with a whole exponent: products only, so the same bits on every machine.</summary>
internal static class IntegerPower
{
    /// <summary>x^n by squaring, n at least 0.</summary>
    public static double Of(double x, long n)
    {
        double result = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            result = (n & 1) == 1 ? result * x : result;
        }

        return result;
    }
}
