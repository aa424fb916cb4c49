using YarnDL.Data.Images;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Where an <see cref="ImageFeature"/> finds its image in a row: encoded bytes, or raw pixels with their size in two columns.</summary>
internal sealed class ImageSource
{
    private readonly ImageFeature _feature;
    private readonly int _column;
    private readonly int _height;
    private readonly int _width;

    private ImageSource(ImageFeature feature, int column, int height, int width)
    {
        _feature = feature;
        _column = column;
        _height = height;
        _width = width;
    }

    public static ImageSource Bind(ImageFeature feature, Schema schema)
    {
        int column = schema.IndexOf(feature.Columns[0]);
        if (schema.Fields[column].Type != ColumnType.Binary)
        {
            throw new DataException(DataFault.Input, $"[image] column '{feature.Columns[0]}' is {NumericReader.TypeName(schema.Fields[column])}; binary is needed (declare text as binary(base64))");
        }

        return feature.IsRaw
            ? new(feature, column, NumericReader.Require(schema, feature.Columns[1], "image"), NumericReader.Require(schema, feature.Columns[2], "image"))
            : new(feature, column, -1, -1);
    }

    /// <summary>Size and channels of a row's image.</summary>
    public string? ReadHead(ColumnBatch batch, int row, out ImageHead head)
    {
        var column = batch.Columns[_column];
        head = default;
        return column.IsNull(row) ? "null where an image is needed"
            : _feature.IsRaw ? RawHead(batch, row, out head)
            : ImageDecoder.ReadHead(column.Bytes(row), _feature.MostPixels, out head);
    }

    /// <summary>The row's pixels.</summary>
    public string? Read(ColumnBatch batch, int row, PixelBuffer into)
    {
        var column = batch.Columns[_column];
        if (column.IsNull(row))
        {
            return "null where an image is needed";
        }

        if (!_feature.IsRaw)
        {
            return ImageDecoder.Decode(column.Bytes(row), _feature.MostPixels, into);
        }

        string? fault = RawHead(batch, row, out var head);
        if (fault is null)
        {
            into.Reset(head.Width, head.Height, head.Channels, false);
            column.Bytes(row).CopyTo(into.Bytes);
        }

        return fault;
    }

    public BadValue Bad(ColumnBatch batch, int row, string reason) => new(_feature.Columns[0], reason, RawText.Of(batch.Columns[_column], row));

    private string? RawHead(ColumnBatch batch, int row, out ImageHead head)
    {
        head = default;
        long bytes = batch.Columns[_column].Bytes(row).Length;
        var (h, w) = (batch.Columns[_height], batch.Columns[_width]);
        if (h.IsNull(row) || w.IsNull(row) || !NumericReader.TryInteger(h, row, out Int128 height) || !NumericReader.TryInteger(w, row, out Int128 width)
            || height < 1 || width < 1 || height > bytes || width > bytes)
        {
            return $"{bytes} bytes of pixels with height {RawText.Of(h, row) ?? "null"} and width {RawText.Of(w, row) ?? "null"}";
        }

        long pixels = (long)height * (long)width;
        if (bytes % pixels != 0 || bytes / pixels is not (1 or 3 or 4) || pixels > _feature.MostPixels)
        {
            return $"{bytes} bytes of pixels are not {height} x {width} pixels of 1, 3 or 4 channels";
        }

        head = new ImageHead((int)width, (int)height, (int)(bytes / pixels), 8);
        return null;
    }
}
