namespace YarnDL.Data.Encoding;

/// <summary>Which side of the job a row is on.</summary>
public enum RowSide
{
    Filtered,
    Trained,
    HeldOut,
}
