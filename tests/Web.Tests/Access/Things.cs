using System.Text.RegularExpressions;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Keys;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Web.Tests.Access;

/// <summary>One of everything, in the default workspace.</summary>
/// <param name="Secret">A word that is in all of their names.</param>
internal sealed partial record Things(string Secret, Guid Experiment, Guid Run, Guid OpenRun, Guid Annotation, Guid Change, Guid Member, Guid Invitation, Guid Key, Guid Webhook, Guid Delivery, Guid Comment, Guid Schedule, Guid Share, string ShareToken)
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

        // Past the stores, which set a limit to how many there are.
        await using var db = await server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var key = new ApiKey { Id = Guid.NewGuid(), Name = secret, Prefix = "brg_secret", Hash = ApiKeyText.Hash(secret), CreatedBy = secret, CreatedAt = Given.Noon };
        var webhook = new Webhook { Id = Guid.NewGuid(), Name = secret, Kinds = "run.finished", Target = "", Shown = secret, CreatedBy = secret, CreatedAt = Given.Noon };
        var delivery = new WebhookDelivery
        {
            Id = Guid.NewGuid(), WebhookId = webhook.Id, HappeningId = Guid.NewGuid(), Kind = "run.finished", At = Given.Noon, Payload = secret, Status = DeliveryStatus.Failed,
        };
        db.AddRange(key, webhook, delivery);
        await db.SaveChangesAsync();
        var comment = (await server.Get<CommentStore>().AddAsync(run, secret))!.Id;
        var schedule = (await server.Get<ScheduleStore>().CreateAsync(experiment, "0 3 * * *", "UTC", isEnabled: true, Given.Noon.AddYears(50)))!.Id;
        var share = (await server.Get<ShareMaking>().MakeAsync(ShareTarget.OfRun(run), withSpec: false, secret, days: 1, password: ""))!;
        return new Things(
            secret, experiment, run, open, annotation, change.Id, await AddMemberAsync(server, secret), await InviteAsync(server, secret), key.Id, webhook.Id, delivery.Id,
            comment, schedule, share.Row.Id, share.Token);
    }

    /// <summary>Puts their ids into a route, a query or a body.</summary>
    public string Fill(string text) => Parameters().Replace(text, match => match.Groups["name"].Value.ToLowerInvariant() switch
    {
        "id" when text.Contains("/runs/", StringComparison.Ordinal) => Run.ToString(),
        "id" when text.Contains("/changes/", StringComparison.Ordinal) => Change.ToString(),
        "id" when text.Contains("/workspaces/", StringComparison.Ordinal) => Workspace.DefaultId.ToString(),
        "id" when text.Contains("/invitations/", StringComparison.Ordinal) => Invitation.ToString(),
        "id" when text.Contains("/keys/", StringComparison.Ordinal) => Key.ToString(),
        "id" when text.Contains("/webhooks/", StringComparison.Ordinal) => Webhook.ToString(),
        "deliveryid" => Delivery.ToString(),
        "id" when text.Contains("/shares/", StringComparison.Ordinal) => Share.ToString(),
        "id" when text.Contains("/schedules/", StringComparison.Ordinal) => Schedule.ToString(),
        "commentid" => Comment.ToString(),
        "token" when text.StartsWith("/shared/", StringComparison.Ordinal) => ShareToken,
        "id" or "experiment" => Experiment.ToString(),
        "annotationid" => Annotation.ToString(),
        "run" => Run.ToString(),
        "open" => OpenRun.ToString(),
        "documentname" => "v1",
        "userid" => Member.ToString(),
        "path" => "x.txt",
        _ => "x",
    });

    private static async Task<Guid> AddMemberAsync(BrigadeServer server, string name)
    {
        await using var db = await server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var user = User.Create(name, Given.Noon);
        db.Users.Add(user);
        db.Memberships.Add(new Membership { UserId = user.Id, Role = WorkspaceRole.Viewer, Since = Given.Noon });
        await db.SaveChangesAsync();
        return user.Id;
    }

    private static async Task<Guid> InviteAsync(BrigadeServer server, string token)
    {
        // Each caller makes one of everything, and a workspace has only so many open at a time.
        var store = server.Get<InvitationStore>();
        foreach (var old in (await store.ListAsync()).Skip(5))
            await store.RevokeAsync(old.Id);
        return (await store.CreateAsync(WorkspaceRole.Viewer, "", 1, token)).Id;
    }

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
