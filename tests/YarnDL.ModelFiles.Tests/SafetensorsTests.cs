using System.Text.Json;
using YarnDL.ModelFiles.Safetensors;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.ModelFiles.Tests;

public sealed class SafetensorsTests
{
    [Fact]
    public void Tensors_and_metadata_come_back_as_they_were_written()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["b.weight"] = Tensor.From<float>(new Shape(2, 3), [1, -2, 3.5f, float.NaN, float.PositiveInfinity, -0f]),
            ["a"] = Tensor.From<long>(Shape.Scalar, [long.MinValue]),
            ["\"é\\ "] = Tensor.From<byte>(new Shape(3), [1, 2, 255]),
            ["empty"] = Tensor.From<double>(new Shape(0, 4), []),
        };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, tensors, new Dictionary<string, string> { ["z"] = "1", ["y"] = "ü" });
        stream.Position = 0;

        IReadOnlyDictionary<string, Tensor> back = SafetensorsFile.Read(stream, "test", out IReadOnlyDictionary<string, string> metadata);

        Assert.Equal(4, back.Count);
        Assert.Equal("ü", metadata["y"]);
        foreach ((string name, Tensor t) in tensors)
        {
            Assert.Equal(t.DType, back[name].DType);
            Assert.Equal(t.Shape, back[name].Shape);
            Assert.Equal(Bytes(t), Bytes(back[name]));
        }
    }

    [Fact]
    public void Equal_tensors_give_equal_bytes_whatever_the_order_and_the_data_are_aligned()
    {
        Tensor a = Tensor.From<float>(new Shape(3), [1, 2, 3]);
        Tensor b = Tensor.From<float>(new Shape(1), [4]);
        byte[] first = Written(new Dictionary<string, Tensor> { ["x"] = a, ["Y"] = b });
        byte[] second = Written(new Dictionary<string, Tensor> { ["Y"] = b, ["x"] = a });

        Assert.Equal(first, second);
        Assert.Equal(0, (8 + BitConverter.ToInt64(first)) % 8);
        Assert.True(first.AsSpan().IndexOf("\"Y\""u8) < first.AsSpan().IndexOf("\"x\""u8), "keys are in ordinal order");
    }

    [Fact]
    public void A_file_is_also_read_from_a_stream_that_cannot_seek()
    {
        byte[] bytes = Written(new Dictionary<string, Tensor> { ["x"] = Tensor.From<float>(new Shape(2), [1, 2]) });

        Assert.Equal(2f, SafetensorsFile.Read(new Forward(bytes), "test")["x"].Span<float>()[1]);
        Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(new Forward([.. bytes, 0]), "test"));
        Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(new Forward(bytes[..^1]), "test"));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_of_the_header_is_read_or_refused_by_name()
    {
        byte[] bytes = Written(new Dictionary<string, Tensor> { ["x"] = Tensor.From<float>(new Shape(2), [1, 2]), ["y"] = Tensor.From<long>(new Shape(1), [7]) });
        for (int n = 0; n < bytes.Length; n++)
        {
            Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(new MemoryStream(bytes, 0, n), "test"));
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte flip in (byte[])[1, 2, 4, 8, 16, 32, 64, 128])
            {
                var copy = (byte[])bytes.Clone();
                copy[i] ^= flip;
                try
                {
                    SafetensorsFile.Read(new MemoryStream(copy), "test");
                }
                catch (ModelFileException e)
                {
                    Assert.StartsWith("[safetensors] test:", e.Message);
                }
            }
        }
    }

    [Fact]
    public void Malformed_files_are_refused_without_large_allocations()
    {
        string folder = SharedFolder.RequireGolden("models", "bad");
        string[] files = Directory.GetFiles(folder, "st-*.safetensors");
        Assert.True(files.Length >= 10);
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var e = Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(stream, Path.GetFileName(file)));
            Assert.StartsWith($"[safetensors] {Path.GetFileName(file)}:", e.Message);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, $"{file} allocated too much");
        }
    }

    [Fact]
    public void Files_written_by_the_formats_own_library_are_read()
    {
        string folder = SharedFolder.RequireGolden("models");
        int read = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.safetensors", SearchOption.AllDirectories).Where(f => !f.Contains("/bad/", StringComparison.Ordinal)))
        {
            using FileStream stream = File.OpenRead(file);
            IReadOnlyDictionary<string, GoldenTensor> want = GoldenTensor.ReadFile(file);
            if (want.Values.Any(t => t.DType is "F16" or "C64" or "U32" or "U64" or "F8_E4M3" or "F8_E5M2" or "C128"))
            {
                Assert.Contains("its element type is", Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(stream, file)).Message);
                continue;
            }

            IReadOnlyDictionary<string, Tensor> got = SafetensorsFile.Read(stream, file);
            Assert.Equal(want.Keys.Order(StringComparer.Ordinal), got.Keys);
            foreach ((string name, GoldenTensor w) in want)
            {
                Assert.Equal(w.Shape, got[name].Shape.Dims.ToArray());
                if (w.DType == "F32")
                {
                    Assert.Equal(w.Floats(), got[name].Span<float>().ToArray());
                }
            }

            read++;
        }

        Assert.True(read >= 20, $"{read} files");
    }

    private static byte[] Written(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, tensors);
        return stream.ToArray();
    }

    private static unsafe byte[] Bytes(Tensor t)
    {
        byte[] bytes = new ReadOnlySpan<byte>(t.View.Data, checked((int)(t.Shape.ElementCount * t.DType.Size()))).ToArray();
        GC.KeepAlive(t);
        return bytes;
    }

    private sealed class Forward(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
