using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>All features bound to a schema: a row becomes the bytes of the encoded columns, one after the other. Not thread-safe: one per thread.</summary>
public sealed class RowEncoder : IDisposable
{
    private readonly FeatureEncoder[] _encoders;
    private readonly int[] _bytes;
    private readonly int[] _raw;

    internal RowEncoder(FittedFeatures features, Schema schema)
    {
        Features = features;
        var list = features.List;
        _encoders = new FeatureEncoder[list.Encoded.Length];
        _bytes = new int[_encoders.Length];
        int at = 0;
        for (int i = 0; i < list.All.Length; i++)
        {
            if (!list.All[i].IsRandom)
            {
                var column = features.Columns[at];
                _encoders[at] = list.All[i].Bind(schema, features.StateOf(i));
                _bytes[at] = checked((int)(column.PerRow!.Value.ElementCount * Tensors.DTypes.Size(column.DType)));
                at++;
            }
        }

        _raw = new int[list.RawColumns.Length];
        for (int i = 0; i < _raw.Length; i++)
        {
            _raw[i] = FeatureList.RequireRaw(schema, list.RawColumns[i]);
        }
    }

    public FittedFeatures Features { get; }

    /// <summary>Appends a row's encoded columns: elements, and for raw columns the length as u32 and the bytes.</summary>
    /// <returns>Null, or what is wrong with the row; then nothing is appended.</returns>
    public BadValue? Encode(ColumnBatch batch, int row, ByteBuffer into)
    {
        int start = into.Length;
        for (int i = 0; i < _encoders.Length; i++)
        {
            if (_encoders[i].Encode(batch, row, into.Append(_bytes[i])) is { } bad)
            {
                into.Truncate(start);
                return bad;
            }
        }

        foreach (int c in _raw)
        {
            var column = batch.Columns[c];
            var bytes = column.IsNull(row) ? [] : column.Bytes(row);
            into.AppendInt32(bytes.Length);
            into.Append(bytes);
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var encoder in _encoders)
        {
            encoder.Dispose();
        }
    }
}
