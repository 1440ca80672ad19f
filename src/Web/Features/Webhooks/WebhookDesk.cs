using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Webhooks.Happenings;
using Brigade.Web.Features.Webhooks.Sending;

namespace Brigade.Web.Features.Webhooks;

/// <summary>Makes and changes webhooks: the one place for the page and the API. It takes forms that were checked.</summary>
internal sealed class WebhookDesk(WebhookStore store, HappeningStore happenings, WebhookSecrets secrets, IEnumerable<IHappeningStory> stories, TimeProvider time)
{
    /// <summary>What can be subscribed to, with what it means.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; } =
        stories.Where(story => story.Kind is not HappeningKinds.Ping).OrderBy(story => story.Kind, StringComparer.Ordinal).ToDictionary(story => story.Kind, story => story.Label, StringComparer.Ordinal);

    /// <summary>A new webhook with the secret that its requests are signed with, empty where they are not; null where there are too many already.</summary>
    public async Task<(string Secret, WebhookRow Row)?> CreateAsync(WebhookForm form, CancellationToken cancellation = default)
    {
        var secret = form.Format == WebhookFormat.Standard ? WebhookSignature.NewSecret() : "";
        var made = new NewWebhook(form.Name.Trim(), form.Format, form.Kinds, secrets.Hide(form.Target), WebhookForm.Show(form.Format, form.Target), secrets.Hide(secret));
        return await store.CreateAsync(made, cancellation) is { } row ? (secret, row) : null;
    }

    /// <summary>Where it sends to from now on.</summary>
    public (string Target, string Shown) NewTarget(WebhookFormat format, string target) => (secrets.Hide(target), WebhookForm.Show(format, target));

    /// <summary>Another secret; the old one is not used any more. Null where there is no such webhook, or it does not sign.</summary>
    public async Task<(string Secret, WebhookRow Row)?> RenewSecretAsync(Guid id, CancellationToken cancellation = default)
    {
        if (await store.FindAsync(id, cancellation) is not { Format: WebhookFormat.Standard })
            return null;
        var secret = WebhookSignature.NewSecret();
        return await store.ChangeAsync(id, new WebhookChange { Secret = secrets.Hide(secret) }, cancellation) is { } row ? (secret, row) : null;
    }

    /// <summary>Sends something harmless.</summary>
    public Task TryAsync(Guid id, CancellationToken cancellation = default) => happenings.AddAsync(Guid.CreateVersion7(time.GetUtcNow()), HappeningKinds.Ping, id, "", cancellation);
}
