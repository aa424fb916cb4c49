namespace YarnDL.Tensors.Kernels;

/// <summary>What random words become (docs/random.md).</summary>
public static unsafe class RandomMaps
{
    /// <summary><paramref name="kept"/> where the uniform number is at least <paramref name="ratio"/>, else 0.</summary>
    public readonly struct Mask(float ratio, float kept) : IRandomMap
    {
        private readonly uint _first = checked((uint)Math.Ceiling((double)ratio * (1 << 24)));

        public void Map(uint* words, float* y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = words[i] >> 8 >= _first ? kept : 0;
            }
        }
    }

    /// <summary>low + (high - low) uniform.</summary>
    public readonly struct Between(float low, float high) : IRandomMap
    {
        public void Map(uint* words, float* y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = low + ((high - low) * Philox.Uniform(words[i]));
            }
        }
    }

    /// <summary>mean + deviation normal; two words make two numbers.</summary>
    public readonly struct Normal(float mean, float deviation) : IRandomMap
    {
        public void Map(uint* words, float* y, int count)
        {
            for (int i = 0; i < count; i += 2)
            {
                (double first, double second) = Philox.Normals(words[i], words[i + 1]);
                y[i] = (float)(mean + (deviation * first));
                if (i + 1 < count)
                {
                    y[i + 1] = (float)(mean + (deviation * second));
                }
            }
        }
    }
}
