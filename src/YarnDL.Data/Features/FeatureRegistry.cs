using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Features by their registered name.</summary>
public sealed class FeatureRegistry
{
    private readonly SortedDictionary<string, Func<FeatureOptions, Feature>> _readers = new(StringComparer.Ordinal)
    {
        [ImageFeature.TypeName] = ImageFeature.Read,
        [NumericFeature.TypeName] = NumericFeature.Read,
        [StringIndexFeature.TypeName] = StringIndexFeature.Read,
        [LabelIndexFeature.TypeName] = LabelIndexFeature.Read,
        [LabelValueFeature.TypeName] = LabelValueFeature.Read,
        [TensorFeature.TypeName] = TensorFeature.Read,
        [TextFeature.TypeName] = TextFeature.Read,
        [BucketFeature.TypeName] = BucketFeature.Read,
        [HashBucketFeature.TypeName] = HashBucketFeature.Read,
        [CrossFeature.TypeName] = CrossFeature.Read,
        [CategoriesFeature.TypeName] = CategoriesFeature.Read,
        [OneHotFeature.TypeName] = OneHotFeature.Read,
        [VectorFeature.TypeName] = VectorFeature.Read,
        [SeriesFeature.TypeName] = SeriesFeature.Read,
    };

    /// <summary>Registered names, sorted.</summary>
    public IReadOnlyCollection<string> Names => _readers.Keys;

    /// <summary>Adds a feature of one's own.</summary>
    /// <param name="read">Makes the feature from its options; ends with <see cref="FeatureOptions.Done"/>.</param>
    public void Add(string name, Func<FeatureOptions, Feature> read) => _readers.Add(name, read);

    /// <summary>Makes a feature from its name and options.</summary>
    /// <exception cref="DataException">Unknown name (the nearest is told), or wrong options.</exception>
    public Feature Create(FeatureSpec spec)
    {
        if (_readers.TryGetValue(spec.Type, out var read))
        {
            return read(new FeatureOptions(spec, this));
        }

        string[] names = [.. _readers.Keys];
        string hint = Spelling.Nearest(spec.Type, names) is { } near ? $"did you mean '{near}'?" : $"known are {string.Join(", ", names)}";
        throw new DataException(DataFault.Job, $"[features] unknown feature '{spec.Type}'; {hint}");
    }
}
