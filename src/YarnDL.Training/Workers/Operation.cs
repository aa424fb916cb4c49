namespace YarnDL.Training.Workers;

/// <summary>The closed list of operations of the worker protocol (docs/worker-protocol.md). Numbers are never reused.</summary>
public enum Operation : ushort
{
    /// <summary>Worker to driver, first frame: the secret and who it is.</summary>
    Hello = 1,

    /// <summary>Driver to worker: the hello was accepted.</summary>
    Welcome = 2,

    /// <summary>Driver to worker: a step plan; earlier plan, rows and weights are dropped.</summary>
    OpenPlan = 3,

    /// <summary>Driver to worker: training or held-out rows.</summary>
    OpenBlocks = 4,

    /// <summary>Worker to driver: plan or rows are open.</summary>
    Opened = 5,

    /// <summary>Driver to worker: the denominators of a step that no earlier step carried.</summary>
    Begin = 6,

    /// <summary>Driver to worker: the flat vectors of a version. No reply.</summary>
    Weights = 7,

    /// <summary>Worker to driver: an order needs a version that is not here; the driver sends it and the worker goes on.</summary>
    NeedWeights = 8,

    /// <summary>Driver to worker: shards of one step.</summary>
    Work = 9,

    /// <summary>Worker to driver: the answer to Begin or Work.</summary>
    WorkDone = 10,

    /// <summary>Driver to worker: measure shards of the held-out or the training rows.</summary>
    Evaluate = 11,

    /// <summary>Worker to driver: the answer to Evaluate.</summary>
    EvaluateDone = 12,

    /// <summary>Driver to worker: where did the time of the steps go?</summary>
    Times = 13,

    /// <summary>Worker to driver: the answer to Times.</summary>
    TimesDone = 14,

    /// <summary>Driver to worker: what stages 1 and 2 must know; an earlier one is dropped.</summary>
    OpenEncoding = 24,

    /// <summary>Driver to worker: stage 1, fit some rows of a part.</summary>
    Fit = 20,

    /// <summary>Driver to worker: stage 2, rows to ids and encoded bytes.</summary>
    Encode = 21,

    /// <summary>Driver to worker: stage 3, sort records by id and write them as a run.</summary>
    Sort = 22,

    /// <summary>Driver to worker: stage 4, rows of a shard in canonical order, to be cut into blocks and written.</summary>
    Cut = 23,

    /// <summary>Worker to driver: the answer to Fit.</summary>
    FitDone = 25,

    /// <summary>Worker to driver: the answer to Encode.</summary>
    EncodeDone = 26,

    /// <summary>Worker to driver: the answer to Sort.</summary>
    SortDone = 27,

    /// <summary>Worker to driver: the answer to Cut.</summary>
    CutDone = 28,

    /// <summary>Driver to worker: a model to be applied; an earlier one is dropped.</summary>
    OpenModel = 15,

    /// <summary>Driver to worker: rows of a table, to be scored.</summary>
    Score = 16,

    /// <summary>Worker to driver: the answer to Score.</summary>
    ScoreDone = 17,

    /// <summary>Driver to worker: end in order. No reply.</summary>
    Stop = 30,

    /// <summary>Worker to driver: the order failed for a reason that another worker would meet too (a damaged block, a plan that does not fit).</summary>
    Failed = 31,
}
