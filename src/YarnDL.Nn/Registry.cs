using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Names and how to build what they stand for: the closed list behind <see cref="Spec"/>. Users add their own by <see cref="Register"/>.</summary>
/// <param name="kind">What is registered, such as <c>layer</c>; for messages.</param>
/// <param name="after">Options that every thing of this kind takes; null: none.</param>
public sealed class Registry<T>(string kind, Action<T, SpecReader>? after = null) where T : class
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Description> _descriptions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Func<SpecReader, T>> _makers = new(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _makers.Keys];
            }
        }
    }

    /// <summary>The descriptions of the names that have one, in ordinal order.</summary>
    public IReadOnlyList<Description> Descriptions
    {
        get
        {
            lock (_gate)
            {
                return [.. _descriptions.Values];
            }
        }
    }

    /// <summary>As <see cref="Register(string, Func{SpecReader, T})"/>, with what the documentation says.</summary>
    /// <exception cref="SpecException">The name is taken.</exception>
    public Registry<T> Add(Description description, Func<SpecReader, T> make)
    {
        Register(description.Name, make);
        lock (_gate)
        {
            _descriptions.Add(description.Name, description);
            return this;
        }
    }

    /// <summary>Adds a name; the maker reads its options, unknown ones are refused afterwards.</summary>
    /// <exception cref="SpecException">The name is taken.</exception>
    public Registry<T> Register(string name, Func<SpecReader, T> make)
    {
        lock (_gate)
        {
            return _makers.TryAdd(name, make) ? this : throw new SpecException($"[{kind}] the name {name} is taken; choose another");
        }
    }

    /// <summary>Builds what a spec says.</summary>
    /// <exception cref="SpecException">The name or an option is unknown (the nearest is named), or a value does not fit.</exception>
    public T Create(Spec spec)
    {
        Func<SpecReader, T>? make;
        lock (_gate)
        {
            make = _makers.GetValueOrDefault(spec.Type);
        }

        if (make is null)
        {
            throw new SpecException($"[{kind}] there is no {kind} {spec.Type}; {NearestName.Hint(spec.Type, Names)}");
        }

        var reader = new SpecReader(spec.Type, spec.Options);
        T made = make(reader) ?? throw new SpecException($"[{kind}] {spec.Type} was registered with a factory that gave null; it must give a new {kind}");
        after?.Invoke(made, reader);
        reader.Done();
        return made;
    }

    /// <summary>Builds what JSON says; see <see cref="SpecReader.ToSpec"/>.</summary>
    public T Create(JsonNode? json) => Create(SpecReader.ToSpec(json, kind));
}
