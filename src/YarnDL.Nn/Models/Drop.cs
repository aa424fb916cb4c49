namespace YarnDL.Nn;

/// <summary>Dropout that is not there when its ratio is 0.</summary>
internal static class Drop
{
    public static Module Of(double ratio) => ratio == 0 ? new Sequential() : new Dropout(ratio);
}
