using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace YarnDL.Tensors;

/// <summary>
/// A caching allocator of native memory, 64-byte aligned, for any number of threads. Blocks come in size classes (four per doubling,
/// so at most a quarter is slack) and stay with the arena when returned: fresh large blocks are slow, because the system clears their pages.
/// </summary>
public sealed unsafe class Arena : IDisposable
{
    private const int HeaderBytes = 64;
    private const uint InUse = 0x5952_4E01;
    private const uint Free = 0x5952_4E02;

    private readonly Lock _gate = new();
    private readonly Stack<nint>?[] _free = new Stack<nint>?[4 * 64];
    private readonly HashSet<nint> _rented = [];
    private bool _disposed;

    /// <param name="limit">Most bytes the arena may hold, rented or cached; no limit by default.</param>
    public Arena(long limit = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Limit = limit;
    }

    ~Arena() => FreeEverything();

    /// <summary>Most bytes the arena may hold.</summary>
    public long Limit { get; }

    /// <summary>Bytes rented now, size classes included.</summary>
    public long BytesRented { get; private set; }

    /// <summary>Bytes held now: rented and cached.</summary>
    public long BytesHeld { get; private set; }

    /// <summary>The most bytes ever rented at once.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Bytes of the block that a request of this size gets.</summary>
    public static long BlockBytes(long bytes) => ClassBytes(ClassOf(bytes));

    /// <summary>A block of at least <paramref name="bytes"/> bytes, content undefined.</summary>
    /// <exception cref="ArenaLimitException">The limit would be passed.</exception>
    public void* Rent(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, 1L << 48);
        int sizeClass = ClassOf(bytes);
        long size = ClassBytes(sizeClass);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            byte* block;
            if (_free[sizeClass] is { Count: > 0 } cached)
            {
                block = (byte*)cached.Pop();
            }
            else
            {
                block = Allocate(size, bytes);
                ((long*)block)[1] = sizeClass;
            }

            *(uint*)block = InUse;
            _rented.Add((nint)block);
            BytesRented += size;
            PeakBytes = Math.Max(PeakBytes, BytesRented);
            return block + HeaderBytes;
        }
    }

    /// <summary>Gives a block back; null is ignored.</summary>
    /// <exception cref="ArgumentException">The block is not rented from this arena.</exception>
    public void Return(void* block)
    {
        if (block == null)
        {
            return;
        }

        lock (_gate)
        {
            byte* start = (byte*)block - HeaderBytes;
            if (!_rented.Remove((nint)start))
            {
                throw new ArgumentException("[arena] the block is not rented from this arena; return each block once, to the arena it came from");
            }

            *(uint*)start = Free;
            int sizeClass = (int)((long*)start)[1];
            BytesRented -= ClassBytes(sizeClass);
            (_free[sizeClass] ??= new Stack<nint>()).Push((nint)start);
        }
    }

    /// <summary>Gives all cached blocks back to the system.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            TrimLocked();
        }
    }

    /// <summary>Frees every block, rented ones too.</summary>
    public void Dispose()
    {
        FreeEverything();
        GC.SuppressFinalize(this);
    }

    private byte* Allocate(long size, long asked)
    {
        if (BytesHeld > Limit - size)
        {
            TrimLocked();
        }

        if (BytesHeld > Limit - size)
        {
            throw new ArenaLimitException(string.Create(
                CultureInfo.InvariantCulture,
                $"[memory] {asked} bytes were asked for while {BytesRented} of {Limit} bytes are in use; use a smaller batch or raise the memory limit"));
        }

        byte* block = (byte*)NativeMemory.AlignedAlloc((nuint)(size + HeaderBytes), 64);
        BytesHeld += size;
        return block;
    }

    private void TrimLocked()
    {
        for (int c = 0; c < _free.Length; c++)
        {
            while (_free[c] is { Count: > 0 } cached)
            {
                NativeMemory.AlignedFree((void*)cached.Pop());
                BytesHeld -= ClassBytes(c);
            }
        }
    }

    private void FreeEverything()
    {
        lock (_gate)
        {
            _disposed = true;
            TrimLocked();
            foreach (nint block in _rented)
            {
                NativeMemory.AlignedFree((void*)block);
            }

            _rented.Clear();
            BytesRented = 0;
            BytesHeld = 0;
        }
    }

    // Class c holds (4 + c mod 4) << (c / 4) bytes, in units of a quarter of a power of two.
    private static int ClassOf(long bytes)
    {
        ulong size = (ulong)Math.Max(bytes, 256);
        int exponent = BitOperations.Log2(size - 1) - 2;
        ulong quarters = ((size - 1) >> exponent) + 1; // 5..8
        return (4 * exponent) + (int)quarters - 4;
    }

    private static long ClassBytes(int c) => checked((4L + (c % 4)) << (c / 4));
}
