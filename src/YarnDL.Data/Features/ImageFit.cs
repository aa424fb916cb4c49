using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Least and greatest height and width of the training images, and how many have colour.</summary>
internal sealed class ImageFit(ImageFeature feature, ImageSource source) : FeatureFit
{
    private long _images;
    private long _colour;
    private (int Least, int Most) _height = (int.MaxValue, 0);
    private (int Least, int Most) _width = (int.MaxValue, 0);

    public override void Add(ColumnBatch batch, int row)
    {
        if (source.ReadHead(batch, row, out var head) is null)
        {
            _images++;
            _colour += head.Channels >= 3 ? 1 : 0;
            Widen(head.Height, head.Height, head.Width, head.Width);
        }
    }

    public override JsonNode Partial() => new JsonArray(_images, _colour, _height.Least, _height.Most, _width.Least, _width.Most);

    public override void Merge(JsonNode partial)
    {
        var p = partial.AsArray();
        _images += p[0]!.GetValue<long>();
        _colour += p[1]!.GetValue<long>();
        Widen(p[2]!.GetValue<int>(), p[3]!.GetValue<int>(), p[4]!.GetValue<int>(), p[5]!.GetValue<int>());
    }

    public override JsonNode Finish()
    {
        if (_images == 0)
        {
            throw new DataException(DataFault.BadRows, $"[image] column '{feature.Columns[0]}' has no readable image in any training row; check that it holds PNG, JPEG, GIF or WebP bytes");
        }

        var fitted = new JsonObject { ["channels"] = _colour > 0 ? 3 : 1 };
        if (feature.SizeBySteps() is null)
        {
            if (_height.Least != _height.Most || _width.Least != _width.Most)
            {
                throw new DataException(DataFault.Input, $"[image] the images of column '{feature.Columns[0]}' are {_height.Least} to {_height.Most} high and {_width.Least} to {_width.Most} wide; rows need one size; add resize");
            }

            fitted["height"] = _height.Least;
            fitted["width"] = _width.Least;
        }

        return fitted;
    }

    private void Widen(int leastHeight, int mostHeight, int leastWidth, int mostWidth)
    {
        _height = (Math.Min(_height.Least, leastHeight), Math.Max(_height.Most, mostHeight));
        _width = (Math.Min(_width.Least, leastWidth), Math.Max(_width.Most, mostWidth));
    }
}
