using Google.Protobuf;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>TensorProto to <see cref="Tensor"/> and back.</summary>
internal static class OnnxTensors
{
    private const int MaxRank = 32;

    private static readonly (TensorProto.Types.DataType Wire, DType Type)[] Types =
    [
        (TensorProto.Types.DataType.Float, DType.Float32), (TensorProto.Types.DataType.Double, DType.Float64), (TensorProto.Types.DataType.Int8, DType.Int8),
        (TensorProto.Types.DataType.Uint8, DType.UInt8), (TensorProto.Types.DataType.Int16, DType.Int16), (TensorProto.Types.DataType.Uint16, DType.UInt16),
        (TensorProto.Types.DataType.Int32, DType.Int32), (TensorProto.Types.DataType.Int64, DType.Int64), (TensorProto.Types.DataType.Bool, DType.Bool),
        (TensorProto.Types.DataType.Bfloat16, DType.BFloat16),
    ];

    public static int WireType(DType type) => (int)Array.Find(Types, t => t.Type == type).Wire;

    /// <summary>The element type of a number in the file.</summary>
    /// <exception cref="ModelFileException">It is unknown or not supported, by name.</exception>
    public static DType ElementType(int wire, string place)
    {
        int i = Array.FindIndex(Types, t => (int)t.Wire == wire);
        return i >= 0 ? Types[i].Type : throw new ModelFileException(
            $"{place} has element type {(Enum.IsDefined((TensorProto.Types.DataType)wire) ? ((TensorProto.Types.DataType)wire).ToString().ToLowerInvariant() : wire.ToString(System.Globalization.CultureInfo.InvariantCulture))}; supported are {string.Join(", ", Types.Select(t => t.Wire.ToString().ToLowerInvariant()))}; convert the model");
    }

    /// <summary>The tensor. Every length is checked against the bytes that are really there before memory is taken.</summary>
    /// <exception cref="ModelFileException">Dimensions, type or data are not sound.</exception>
    public static unsafe Tensor Read(TensorProto t, string place)
    {
        if (t.DataLocation == TensorProto.Types.DataLocation.External || t.ExternalData.Count > 0)
        {
            string where = t.ExternalData.FirstOrDefault(e => e.Key == "location")?.Value ?? "another file";
            throw new ModelFileException($"{place} keeps its data in {where}; data outside the model file are not read: save the model with its data in one file");
        }

        DType type = ElementType(t.DataType, place);
        Shape shape = ReadShape(t, place);
        long count = shape.ElementCount;
        (int lists, long listed) = Listed(t);
        if (lists + (t.HasRawData ? 1 : 0) > 1)
        {
            throw new ModelFileException($"{place} has data in more than one field; it must have one");
        }

        if (t.HasRawData)
        {
            Int128 bytes = (Int128)count * type.Size();
            if (t.RawData.Length != bytes)
            {
                throw new ModelFileException($"{place} has {t.RawData.Length} bytes of data, its shape {shape} of {type} needs {bytes}; they must be equal");
            }

            var tensor = new Tensor(type, shape);
            t.RawData.Span.CopyTo(new Span<byte>(tensor.View.Data, t.RawData.Length));
            return type != DType.Bool || !tensor.Span<byte>().ContainsAnyExceptInRange((byte)0, (byte)1) ? tensor
                : throw new ModelFileException($"{place} holds bool bytes other than 0 and 1; the file is damaged");
        }

        if (listed != count)
        {
            throw new ModelFileException($"{place} has {listed} elements of data, its shape {shape} needs {count}; they must be equal");
        }

        return ReadList(t, type, shape, place);
    }

    /// <summary>The tensor as raw little-endian bytes.</summary>
    public static unsafe TensorProto Write(string name, DType type, Shape shape, void* data)
    {
        var t = new TensorProto { Name = name, DataType = WireType(type) };
        t.Dims.AddRange(shape.Dims.ToArray());
        t.RawData = ByteString.CopyFrom(new ReadOnlySpan<byte>(data, checked((int)(shape.ElementCount * type.Size()))));
        return t;
    }

    public static unsafe TensorProto Write(string name, Tensor tensor)
    {
        TensorProto t = Write(name, tensor.DType, tensor.Shape, tensor.View.Data);
        GC.KeepAlive(tensor);
        return t;
    }

    private static Shape ReadShape(TensorProto t, string place)
    {
        if (t.Dims.Count > MaxRank)
        {
            throw new ModelFileException($"{place} has {t.Dims.Count} dimensions; at most {MaxRank} are read");
        }

        var dims = new long[t.Dims.Count];
        t.Dims.CopyTo(dims, 0);
        try
        {
            return new Shape(dims);
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException($"{place} has dimensions ({string.Join(", ", dims)}); they must not be negative, and their product must fit 63 bits", e);
        }
    }

    private static (int Lists, long Count) Listed(TensorProto t)
    {
        ReadOnlySpan<int> counts = [t.FloatData.Count, t.Int32Data.Count, t.Int64Data.Count, t.DoubleData.Count, t.Uint64Data.Count, t.StringData.Count];
        int lists = 0;
        long sum = 0;
        foreach (int c in counts)
        {
            lists += c > 0 ? 1 : 0;
            sum += c;
        }

        return (lists, sum);
    }

    private static Tensor ReadList(TensorProto t, DType type, Shape shape, string place)
    {
        int count = checked((int)shape.ElementCount);
        var tensor = new Tensor(type, shape);
        bool fits = type switch
        {
            DType.Float32 => Copy<float, float>(t.FloatData, tensor, x => x),
            DType.Float64 => Copy<double, double>(t.DoubleData, tensor, x => x),
            DType.Int64 => Copy<long, long>(t.Int64Data, tensor, x => x),
            DType.Int32 => Copy<int, int>(t.Int32Data, tensor, x => x),
            DType.Int16 => Copy<int, short>(t.Int32Data, tensor, x => checked((short)x)),
            DType.UInt16 => Copy<int, ushort>(t.Int32Data, tensor, x => checked((ushort)x)),
            DType.Int8 => Copy<int, sbyte>(t.Int32Data, tensor, x => checked((sbyte)x)),
            DType.UInt8 => Copy<int, byte>(t.Int32Data, tensor, x => checked((byte)x)),
            DType.Bool => Copy<int, bool>(t.Int32Data, tensor, x => x != 0),
            _ => count == 0,
        };
        return fits ? tensor : throw new ModelFileException($"{place} of {type} has its data in a field for another type; the file is damaged");

        bool Copy<TFrom, TTo>(Google.Protobuf.Collections.RepeatedField<TFrom> list, Tensor to, Func<TFrom, TTo> convert) where TTo : unmanaged
        {
            if (list.Count != count)
            {
                return false;
            }

            Span<TTo> values = to.Span<TTo>();
            try
            {
                for (int i = 0; i < count; i++)
                {
                    values[i] = convert(list[i]);
                }
            }
            catch (OverflowException e)
            {
                throw new ModelFileException($"{place} of {type} holds a number out of the type's range; the file is damaged", e);
            }

            return true;
        }
    }
}
