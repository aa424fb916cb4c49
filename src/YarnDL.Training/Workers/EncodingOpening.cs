using YarnDL.Data.Encoding;

namespace YarnDL.Training.Workers;

/// <summary>What a worker must have open to fit or encode: the setup, and features.json once they are fitted (empty before).</summary>
internal sealed record EncodingOpening(EncodingSetup Setup, string Features);
