using OwnCode;
using YarnDL;
using YarnDL.Graphs;
using YarnDL.Nn;

OperatorTable.Register(new SoftClip());
LayerRegistry.All.Add(new("softclip", "x / (1 + |x| / limit). `limit` (3)", "{type: softclip, limit: 2}"), o => new SoftClipLayer(o.Number("limit", 3)));
ModelRegistry.All.Add(new("line", "one linear layer behind softclip. `limit` (3)", "{type: line}"), o => new Line(o.Number("limit", 3)));
Loss.All.Register("quartic", o => new Quartic());
Metric.All.Register("within", o => new Within(o.Number("distance", 0.1)));
Optimizer.All.Register("signs", o => new Signs(o.Number("learningRate", 0.01)));
Schedule.All.Register("halving", o => new Halving(o.Int("every")));
return YarnDlHost.Run(args);
