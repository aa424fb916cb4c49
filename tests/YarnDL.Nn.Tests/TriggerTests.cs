using System.Text.Json.Nodes;

namespace YarnDL.Nn.Tests;

public sealed class TriggerTests
{
    [Theory]
    [InlineData("everyEpoch", "{}", new long[] { 4, 8, 12 })]
    [InlineData("everySteps", """{"steps": 5}""", new long[] { 5, 10 })]
    [InlineData("maxEpoch", """{"epochs": 2}""", new long[] { 8, 9, 10, 11, 12 })]
    [InlineData("maxSteps", """{"steps": 11}""", new long[] { 11, 12 })]
    [InlineData("minLoss", """{"loss": 0.12}""", new long[] { 9, 10, 11, 12 })]
    [InlineData("maxScore", """{"score": 1.5}""", new long[] { 8, 9, 10, 11, 12 })]
    [InlineData("everySeconds", """{"seconds": 3}""", new long[] { 2, 4, 6, 8, 10, 12 })]
    [InlineData("and", """{"triggers": ["everyEpoch", {"everySteps": {"steps": 3}}]}""", new long[] { 12 })]
    [InlineData("or", """{"triggers": ["everyEpoch", {"everySteps": {"steps": 5}}]}""", new long[] { 4, 5, 8, 10, 12 })]
    public void A_trigger_fires_after_exactly_these_of_twelve_steps(string name, string options, long[] expected)
    {
        var trigger = Trigger.From(new Spec(name, (JsonObject)JsonNode.Parse(options)!));
        Trigger again = Trigger.From(Spec.FromJson(trigger.Spec.ToJson()));
        var fired = new List<long>();
        for (long step = 1; step <= 12; step++)
        {
            // Four steps an epoch, a score after each epoch, one and a half seconds a step.
            var moment = new TriggerMoment(step, step / 4, step % 4 == 0, 1.0 / step, step < 4 ? double.NaN : step / 4, 1.5 * step, 1.5 * (step - 1));
            Assert.Equal(trigger.Fires(moment), again.Fires(moment));
            if (trigger.Fires(moment))
            {
                fired.Add(step);
            }
        }

        Assert.Equal(expected, fired);
    }
}
