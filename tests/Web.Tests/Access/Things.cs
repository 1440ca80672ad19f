using System.Text.RegularExpressions;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Web.Tests.Access;

/// <summary>One of everything, in the default workspace.</summary>
/// <param name="Secret">A word that is in all of their names.</param>
internal sealed partial record Things(string Secret, Guid Experiment, Guid Run, Guid OpenRun, Guid Annotation, Guid Change, Guid Comment, Guid Schedule, Guid Share, string ShareToken)
{
    public static async Task<Things> CreateAsync(BrigadeServer server)
    {
        var secret = $"secret-{Guid.NewGuid():n}";
        var spec = Given.Spec(secret);
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(spec)).Id;
        var runs = server.Get<RunStore>();
        var run = (await runs.CreateAsync(spec, 42, 1, experiment)).Id;
        await runs.CommitAsync(run, new RunChanges
        {
            Status = RunStatus.Completed, StartedAt = Given.Noon, EndedAt = Given.Noon.AddMinutes(1), Machine = Given.Machine, Plan = Given.Plan(1), Trials = [Given.Result(0)],
        });
        await server.Get<BaselineStore>().PinAsync(experiment, "", run, "");
        var open = (await runs.CreateAsync(spec, 42, 1, experiment)).Id;
        var annotation = (await server.Get<TrendStore>().AnnotateAsync(experiment, Given.Noon, secret)).Id;
        var change = new Change
        {
            Id = Guid.NewGuid(), ExperimentId = experiment, CellKey = CellKey.Of(Given.Plan(1).Cells[0]), MachineKey = MachineKeys.Of(Given.Machine), Metric = ChangeMetric.Throughput,
            RunId = run, At = Given.Noon, Before = 100, After = 80, RelativeShift = -0.2, Confidence = 0.999, FoundAt = Given.Noon,
        };
        await server.Get<ChangeStore>().StoreAsync(new SeriesFindings([change], [], []));
        var comment = (await server.Get<CommentStore>().AddAsync(run, secret))!.Id;
        var schedule = (await server.Get<ScheduleStore>().CreateAsync(experiment, "0 3 * * *", "UTC", isEnabled: true, Given.Noon.AddYears(50)))!.Id;
        var share = (await server.Get<ShareMaking>().MakeAsync(ShareTarget.OfRun(run), withSpec: false, secret, days: 1, password: ""))!;
        return new Things(secret, experiment, run, open, annotation, change.Id, comment, schedule, share.Row.Id, share.Token);
    }

    /// <summary>Puts their ids into a route, a query or a body.</summary>
    public string Fill(string text) => Parameters().Replace(text, match => match.Groups["name"].Value.ToLowerInvariant() switch
    {
        "id" when text.Contains("/runs/", StringComparison.Ordinal) => Run.ToString(),
        "id" when text.Contains("/changes/", StringComparison.Ordinal) => Change.ToString(),
        "id" when text.Contains("/shares/", StringComparison.Ordinal) => Share.ToString(),
        "id" when text.Contains("/schedules/", StringComparison.Ordinal) => Schedule.ToString(),
        "commentid" => Comment.ToString(),
        "token" when text.StartsWith("/shared/", StringComparison.Ordinal) => ShareToken,
        "id" or "experiment" => Experiment.ToString(),
        "annotationid" => Annotation.ToString(),
        "run" => Run.ToString(),
        "open" => OpenRun.ToString(),
        "documentname" => "v1",
        "userid" => Experiment.ToString(),
        "path" => "x.txt",
        _ => "x",
    });

    [GeneratedRegex(@"\{\**(?<name>[a-zA-Z]+)(:[^}]*)?\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Parameters();
}

/// <summary>A workspace beside the default one.</summary>
internal sealed record OtherWorkspace(Guid Id)
{
    public static async Task<OtherWorkspace> CreateAsync(BrigadeServer server)
    {
        var id = Guid.CreateVersion7();
        await using var db = await server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        db.Workspaces.Add(new Workspace { Id = id, Name = "Other", CreatedAt = Given.Noon });
        await db.SaveChangesAsync();
        return new OtherWorkspace(id);
    }
}
