using System.Text.Json.Nodes;

namespace YarnDL.Data.Features;

/// <summary>How the numbers of some columns are scaled, from the fitted state: (x - subtract) / divide, 0 where divide is 0.</summary>
internal sealed class NumberScaler
{
    public static readonly string[] Names = ["none", "standard", "minMax", "maxAbs", "population"];

    private readonly double[] _subtract;
    private readonly double[] _divide;

    /// <exception cref="DataException">The state lacks a statistic for one of the columns.</exception>
    public NumberScaler(string feature, NumericScale scale, int columns, JsonNode? fitted)
    {
        _subtract = new double[columns];
        _divide = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            (_subtract[i], _divide[i]) = scale switch
            {
                NumericScale.Standard or NumericScale.Population => (Fitted(feature, fitted, "mean", i, columns), Fitted(feature, fitted, "deviation", i, columns)),
                NumericScale.MinMax => (Fitted(feature, fitted, "min", i, columns), Fitted(feature, fitted, "max", i, columns) - Fitted(feature, fitted, "min", i, columns)),
                NumericScale.MaxAbs => (0, Fitted(feature, fitted, "maxAbs", i, columns)),
                _ => (0, 1),
            };
        }
    }

    /// <summary>The scaled number; not finite when it is too large for float32.</summary>
    public float Scale(double x, int column) => _divide[column] == 0 ? 0 : (float)((x - _subtract[column]) / _divide[column]);

    /// <summary>What a difference of scaled numbers is multiplied by to be one of the column's own units.</summary>
    public double Unit(int column) => _divide[column];

    /// <summary>The number that is scaled to 0.</summary>
    public double Origin(int column) => _subtract[column];

    /// <summary>One number of the fitted state.</summary>
    /// <exception cref="DataException">It is not there.</exception>
    public static double Fitted(string feature, JsonNode? fitted, string key, int i, int columns) => fitted is JsonObject o
        && new FeatureOptions(new FeatureSpec($"{feature}, fitted", o)).Numbers(key) is { } all && all.Count == columns
        ? all[i]
        : throw new DataException(DataFault.Input, $"[{feature}] there is no fitted '{key}' for {columns} columns; fit it again");
}
