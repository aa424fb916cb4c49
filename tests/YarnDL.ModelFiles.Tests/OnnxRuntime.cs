using System.Runtime.InteropServices;
using YarnDL.Graphs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.ModelFiles.Tests;

/// <summary>ONNX Runtime through its C API: loads a model from bytes and runs it on float32 inputs. The numbers are places in its function table, which never change.</summary>
internal sealed unsafe class OnnxRuntime : IDisposable
{
    private const uint ApiVersion = 17;
    private const int Warning = 2;
    private const int DeviceAllocator = 1;
    private const int CpuMemory = 0;
    private const int Float = 1;
    private readonly void** _api;
    private void* _environment;
    private void* _options;
    private void* _session;
    private void* _memory;

    public OnnxRuntime(byte[] model)
    {
        string library = Find();
        nint handle = NativeLibrary.Load(library);
        var getBase = (delegate* unmanaged<void**>)NativeLibrary.GetExport(handle, "OrtGetApiBase");
        _api = (void**)((delegate* unmanaged<uint, void*>)getBase()[0])(ApiVersion);
        Assert.True(_api != null, $"{library} does not offer version {ApiVersion} of its functions");
        void* environment;
        void* options;
        void* session;
        void* memory;
        fixed (byte* name = "yarndl\0"u8)
        fixed (byte* bytes = model)
        {
            Check(((delegate* unmanaged<int, byte*, void**, void*>)_api[3])(Warning, name, &environment));
            _environment = environment;
            Check(((delegate* unmanaged<void**, void*>)_api[10])(&options));
            _options = options;
            Check(((delegate* unmanaged<void*, int, void*>)_api[24])(options, 1));
            Check(((delegate* unmanaged<void*, void*, nuint, void*, void**, void*>)_api[8])(environment, bytes, (nuint)model.Length, options, &session));
            _session = session;
            Check(((delegate* unmanaged<int, int, void**, void*>)_api[69])(DeviceAllocator, CpuMemory, &memory));
            _memory = memory;
        }
    }

    /// <summary>The output for one input.</summary>
    public float[] Run(string input, float[] values, long[] shape, string output, int count)
    {
        byte[] inputName = [.. System.Text.Encoding.UTF8.GetBytes(input), 0];
        byte[] outputName = [.. System.Text.Encoding.UTF8.GetBytes(output), 0];
        fixed (float* data = values)
        fixed (long* dims = shape)
        fixed (byte* i = inputName)
        fixed (byte* o = outputName)
        {
            void* value;
            void* result = null;
            Check(((delegate* unmanaged<void*, void*, nuint, long*, nuint, int, void**, void*>)_api[49])(_memory, data, (nuint)values.Length * 4, dims, (nuint)shape.Length, Float, &value));
            byte* ins = i;
            byte* outs = o;
            Check(((delegate* unmanaged<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_api[9])(_session, null, &ins, &value, 1, &outs, 1, &result));
            float* numbers;
            Check(((delegate* unmanaged<void*, void**, void*>)_api[51])(result, (void**)&numbers));
            float[] copy = new ReadOnlySpan<float>(numbers, count).ToArray();
            Release(96, ref result);
            Release(96, ref value);
            return copy;
        }
    }

    /// <summary>Outputs as bytes, for inputs of any type that we have.</summary>
    public byte[][] Run((Value Value, long[] Shape, Array Data)[] inputs, (Value Value, int Bytes)[] outputs)
    {
        var pins = new List<GCHandle>();
        nint Pin(object o)
        {
            pins.Add(GCHandle.Alloc(o, GCHandleType.Pinned));
            return pins[^1].AddrOfPinnedObject();
        }

        nint Text(string s) => Pin((byte[])[.. System.Text.Encoding.UTF8.GetBytes(s), 0]);
        var values = new nint[inputs.Length];
        var results = new nint[outputs.Length];
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                (Value v, long[] shape, Array data) = inputs[i];
                void* value;
                nuint bytes = (nuint)(data.Length * v.DType.Size());
                Check(((delegate* unmanaged<void*, void*, nuint, long*, nuint, int, void**, void*>)_api[49])(_memory, (void*)Pin(data), bytes, (long*)Pin(shape), (nuint)shape.Length, Wire(v.DType), &value));
                values[i] = (nint)value;
            }

            nint[] names = [.. inputs.Select(x => Text(x.Value.Name))];
            nint[] wanted = [.. outputs.Select(x => Text(x.Value.Name))];
            fixed (nint* n = names, v = values, w = wanted, r = results)
            {
                Check(((delegate* unmanaged<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_api[9])(_session, null, (byte**)n, (void**)v, (nuint)names.Length, (byte**)w, (nuint)wanted.Length, (void**)r));
            }

            var all = new byte[outputs.Length][];
            for (int i = 0; i < all.Length; i++)
            {
                byte* data;
                Check(((delegate* unmanaged<void*, void**, void*>)_api[51])((void*)results[i], (void**)&data));
                all[i] = new ReadOnlySpan<byte>(data, outputs[i].Bytes).ToArray();
            }

            return all;
        }
        finally
        {
            foreach (nint value in values.Concat(results))
            {
                void* thing = (void*)value;
                Release(96, ref thing);
            }

            pins.ForEach(p => p.Free());
        }
    }

    public void Dispose()
    {
        Release(94, ref _memory);
        Release(95, ref _session);
        Release(100, ref _options);
        Release(92, ref _environment);
    }

    private static int Wire(DType type) => type switch
    {
        DType.Float32 => Float,
        DType.UInt8 => 2,
        DType.Int8 => 3,
        DType.Int32 => 6,
        DType.Int64 => 7,
        DType.Bool => 9,
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static string Find()
    {
        string? given = Environment.GetEnvironmentVariable("YARNDL_NATIVE");
        string file = Path.Combine(given is { Length: > 0 } ? given : Path.Combine(SharedFolder.Root, "native", "lib"), "libonnxruntime.so");
        Assert.SkipUnless(File.Exists(file), "libonnxruntime.so absent: run native/install.sh --with-tests");
        return file;
    }

    private void Release(int function, ref void* thing)
    {
        if (thing != null)
        {
            ((delegate* unmanaged<void*, void>)_api[function])(thing);
            thing = null;
        }
    }

    private void Check(void* status)
    {
        if (status != null)
        {
            string message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<void*, byte*>)_api[2])(status)) ?? "";
            ((delegate* unmanaged<void*, void>)_api[93])(status);
            throw new InvalidOperationException("ONNX Runtime: " + message);
        }
    }
}
