using System.Diagnostics.Metrics;
using Brigade.Contracts.Runs;
using Brigade.Web.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Operations;

public sealed class TelemetryTests
{
    [Fact]
    public void RunEnded_Twice_IsCountedByStatus()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<Telemetry>().BuildServiceProvider();
        var seen = new List<(string Name, double Value, string? Status)>();
        using var listener = new MeterListener
        {
            // Other tests have meters of the same name in this process.
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, tags.Length > 0 ? tags[0].Value as string : null)));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen.Add((instrument.Name, value, null)));
        listener.Start();
        var telemetry = services.GetRequiredService<Telemetry>();

        telemetry.RunEnded(RunStatus.Completed);
        telemetry.RunEnded(RunStatus.Failed);
        telemetry.SawRunners(2);
        telemetry.SawQueue(queued: 3, executing: 1);
        listener.RecordObservableInstruments();

        Assert.Contains(("brigade.runs.ended", 1, "completed"), seen);
        Assert.Contains(("brigade.runs.ended", 1, "failed"), seen);
        Assert.Contains(("brigade.runners.connected", 2, null), seen);
        Assert.Contains(("brigade.runs.queued", 3, null), seen);
        Assert.Contains(("brigade.runs.executing", 1, null), seen);
    }
}
