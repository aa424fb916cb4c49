using System.Numerics;

namespace YarnDL.Training.Steps;

/// <summary>How many shards a batch is divided into: a function of the job only, and the most workers a step can use.</summary>
public static class ShardRule
{
    /// <summary>Most shards that the default takes.</summary>
    public const int Most = 64;

    /// <summary>
    /// The requested number if it is a power of two that divides the batch; for 0 the largest power of two that divides the batch and is
    /// at most min(64, batch/32), at least 1.
    /// </summary>
    /// <exception cref="TrainingException">The batch is not positive, or the number is no power of two, or does not divide the batch.</exception>
    public static int Shards(int batch, int requested = 0)
    {
        if (batch < 1)
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] the batch is {batch} rows; it must be at least 1; set batchSize");
        }

        if (requested != 0)
        {
            return requested > 0 && BitOperations.IsPow2(requested) && batch % requested == 0 ? requested
                : throw new TrainingException(TrainingFault.Job, $"[plan] {requested} shards for a batch of {batch} rows; shards must be a power of two that divides the batch; take {Default(batch, Math.Max(1, requested))} or change batchSize");
        }

        return Default(batch, Math.Clamp(batch / 32, 1, Most));
    }

    private static int Default(int batch, int atMost)
    {
        int shards = 1;
        while (shards * 2L <= atMost && batch % (shards * 2) == 0)
        {
            shards *= 2;
        }

        return shards;
    }
}
