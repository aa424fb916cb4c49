using System.Text;
using Google.Protobuf;
using YarnDL.Graphs;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;
using Kind = YarnDL.ModelFiles.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>AttributeProto to the values of <see cref="Attributes"/> and back.</summary>
internal static class OnnxAttributes
{
    public static Attributes Read(NodeProto node, string place)
    {
        var all = new (string, object)[node.Attribute.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < all.Length; i++)
        {
            AttributeProto a = node.Attribute[i];
            all[i] = names.Add(a.Name) ? (a.Name, Read(a, place)) : throw new ModelFileException($"{place} has the attribute {a.Name} twice; it must be there once");
        }

        return new Attributes(all);
    }

    public static AttributeProto Write(string name, object value, string place)
    {
        var a = new AttributeProto { Name = name };
        switch (value)
        {
            case long i:
                (a.Type, a.I) = (Kind.Int, i);
                break;
            case float f:
                (a.Type, a.F) = (Kind.Float, f);
                break;
            case string s:
                (a.Type, a.S) = (Kind.String, ByteString.CopyFromUtf8(s));
                break;
            case long[] ints:
                a.Type = Kind.Ints;
                a.Ints.AddRange(ints);
                break;
            case float[] floats:
                a.Type = Kind.Floats;
                a.Floats.AddRange(floats);
                break;
            case string[] strings:
                a.Type = Kind.Strings;
                a.Strings.AddRange(strings.Select(ByteString.CopyFromUtf8));
                break;
            case Tensor t:
                (a.Type, a.T) = (Kind.Tensor, OnnxTensors.Write("", t));
                break;
            default:
                throw new ModelFileException($"{place} has the attribute {name} of type {value.GetType().Name}, which cannot be written");
        }

        return a;
    }

    private static object Read(AttributeProto a, string place)
    {
        if (a.RefAttrName.Length > 0)
        {
            throw new ModelFileException($"{place} has the attribute {a.Name} that refers to one of a function; functions in a file are not read");
        }

        switch (a.Type == Kind.Undefined ? Guess(a) : a.Type)
        {
            case Kind.Int:
                return a.I;
            case Kind.Float:
                return a.F;
            case Kind.String:
                return Text(a.S, a, place);
            case Kind.Ints:
                return a.Ints.ToArray();
            case Kind.Floats:
                return a.Floats.ToArray();
            case Kind.Strings:
                return a.Strings.Select(s => Text(s, a, place)).ToArray();
            case Kind.Tensor when a.T is not null:
                return OnnxTensors.Read(a.T, $"{place}, attribute {a.Name},");
            default:
                throw new ModelFileException($"{place} has the attribute {a.Name} of kind {a.Type}, which is not read");
        }
    }

    /// <summary>Files of the first versions leave the kind out.</summary>
    private static Kind Guess(AttributeProto a) => a.HasI ? Kind.Int : a.HasF ? Kind.Float : a.HasS ? Kind.String : a.T is not null ? Kind.Tensor : a.G is not null ? Kind.Graph
        : a.Ints.Count > 0 ? Kind.Ints : a.Floats.Count > 0 ? Kind.Floats : a.Strings.Count > 0 ? Kind.Strings : Kind.Undefined;

    private static string Text(ByteString bytes, AttributeProto a, string place)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFileException($"{place} has the attribute {a.Name} that is not UTF-8; it must be", e);
        }
    }
}
