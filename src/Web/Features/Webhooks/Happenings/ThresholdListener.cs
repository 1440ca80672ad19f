using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Brigade.Analysis;
using Brigade.Contracts;
using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>Looks at the thresholds of a run that has ended. What does not hold is a happening of its own, with an id that follows from the first one, so that it is the same when the look is repeated.</summary>
internal sealed class ThresholdListener(RunStore runs, HappeningStore happenings) : IHappeningListener
{
    public async Task HearAsync(HappeningRow happening, CancellationToken cancellation)
    {
        if (happening.Kind is not HappeningKinds.RunFinished || await runs.FindAsync(happening.Subject, cancellation) is not { Plan: { } plan, Machine: { } machine } run || run.Spec.Thresholds.Count == 0)
            return;
        var result = ResultBuilder.Build(run.Spec, run.Row.Status, machine, plan, await runs.TrialsAsync(run.Row.Id, cancellation));
        var failed = result.Thresholds.Where(outcome => !outcome.Holds).ToList();
        if (failed.Count > 0)
            await happenings.AddAsync(IdOf(happening.Id), HappeningKinds.ThresholdFailed, run.Row.Id, JsonSerializer.Serialize(failed, BrigadeJson.Options), cancellation);
    }

    internal static Guid IdOf(Guid finished) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{HappeningKinds.ThresholdFailed}:{finished}")).AsSpan(0, 16));
}
