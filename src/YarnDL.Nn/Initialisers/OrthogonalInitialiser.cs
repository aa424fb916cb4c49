using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A normal matrix made orthogonal by Gram-Schmidt (twice, in double) along its shorter side, times gain.</summary>
internal sealed class OrthogonalInitialiser(double gain) : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        if (shape.Rank < 2)
        {
            throw new SpecException($"[orthogonal] a tensor of shape {shape} is no matrix; use it for weights");
        }

        Normal().Fill(values, shape, seed, ordinal);
        int rows = checked((int)shape[0]);
        int columns = checked((int)shape.CountFrom(1));
        int vectors = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        int vectorStep = rows <= columns ? columns : 1;
        int elementStep = rows <= columns ? 1 : columns;
        var q = new double[(long)vectors * length];
        for (int v = 0; v < vectors; v++)
        {
            Span<double> own = q.AsSpan(v * length, length);
            for (int e = 0; e < length; e++)
            {
                own[e] = values[(v * vectorStep) + (e * elementStep)];
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int u = 0; u < v; u++)
                {
                    ReadOnlySpan<double> other = q.AsSpan(u * length, length);
                    double dot = Dot(own, other);
                    for (int e = 0; e < length; e++)
                    {
                        own[e] -= dot * other[e];
                    }
                }
            }

            double norm = Math.Sqrt(Dot(own, own));
            for (int e = 0; e < length; e++)
            {
                own[e] /= norm;
                values[(v * vectorStep) + (e * elementStep)] = (float)(gain * own[e]);
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
