namespace YarnDL.Tensors.Tests;

public sealed unsafe class ArenaTests
{
    [Fact]
    public void Blocks_are_aligned_large_enough_and_used_again()
    {
        using var arena = new Arena();
        for (long bytes = 0; bytes < 100_000; bytes = (bytes * 5 / 4) + 1)
        {
            void* block = arena.Rent(bytes);
            Assert.Equal(0, (nint)block % 64);
            Assert.InRange(Arena.BlockBytes(bytes), bytes, Math.Max(256, (bytes * 5 / 4) + 1));
            new Span<byte>(block, (int)bytes).Fill(0xAB);
            arena.Return(block);
            long held = arena.BytesHeld;
            Assert.True(block == arena.Rent(bytes));
            Assert.Equal(held, arena.BytesHeld);
            arena.Return(block);
        }
    }

    [Fact]
    public void Bytes_are_counted()
    {
        using var arena = new Arena();
        void* a = arena.Rent(1000);
        void* b = arena.Rent(5000);
        long rented = Arena.BlockBytes(1000) + Arena.BlockBytes(5000);
        Assert.Equal((rented, rented, rented), (arena.BytesRented, arena.BytesHeld, arena.PeakBytes));
        arena.Return(a);
        arena.Return(b);
        arena.Return(null);
        Assert.Equal((0, rented, rented), (arena.BytesRented, arena.BytesHeld, arena.PeakBytes));
        arena.Trim();
        Assert.Equal((0, 0, rented), (arena.BytesRented, arena.BytesHeld, arena.PeakBytes));
    }

    [Fact]
    public void The_limit_drops_cached_blocks_first_and_then_refuses_with_the_figures()
    {
        using var arena = new Arena(10_000);
        arena.Return(arena.Rent(8192));
        void* block = arena.Rent(5000);
        var e = Assert.Throws<ArenaLimitException>(() => arena.Rent(6000));
        Assert.Equal($"[memory] 6000 bytes were asked for while {Arena.BlockBytes(5000)} of 10000 bytes are in use; use a smaller batch or raise the memory limit", e.Message);
        arena.Return(block);
        arena.Return(arena.Rent(6000));
    }

    [Fact]
    public void A_block_returned_twice_or_to_the_wrong_arena_is_refused()
    {
        using var arena = new Arena();
        using var other = new Arena();
        nint block = (nint)arena.Rent(100);
        Assert.Throws<ArgumentException>(() => other.Return((void*)block));
        arena.Return((void*)block);
        Assert.Throws<ArgumentException>(() => arena.Return((void*)block));
    }

    [Fact]
    public void Several_threads_never_share_a_block()
    {
        using var arena = new Arena();
        int clashes = 0;
        var threads = new Thread[4];
        for (int t = 0; t < threads.Length; t++)
        {
            int mine = t + 1;
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < 2000; i++)
                {
                    int* block = (int*)arena.Rent(300 + (i % 5 * 100));
                    *block = mine;
                    Thread.SpinWait(20);
                    if (*block != mine)
                    {
                        Interlocked.Increment(ref clashes);
                    }

                    arena.Return(block);
                }
            });
            threads[t].Start();
        }

        foreach (Thread t in threads)
        {
            t.Join();
        }

        Assert.Equal((0, 0), (clashes, arena.BytesRented));
    }
}
