using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Accounts;

namespace Brigade.Web.Features.Webhooks;

/// <summary>A webhook as somebody asks for it, on the page or over REST: one set of rules for both.</summary>
internal sealed record WebhookForm(string Name, WebhookFormat Format, string Target, IReadOnlyList<string> Kinds)
{
    private const int LongestTarget = 1_000;

    /// <summary>Everything that is wrong, by member.</summary>
    /// <param name="known">The kinds that can be subscribed to.</param>
    public IReadOnlyList<SpecError> Check(IReadOnlyCollection<string> known)
    {
        List<SpecError> errors = [];
        if (CheckName(Name) is { } name)
            errors.Add(name);
        if (CheckTarget(Format, Target) is { } target)
            errors.Add(target);
        if (CheckKinds(Kinds, known) is { } kinds)
            errors.Add(kinds);
        return errors;
    }

    public static SpecError? CheckName(string name) =>
        name.Trim().Length is > 0 and <= WebhookStore.LongestName ? null : new SpecError("/name", $"Say what the webhook is for, in at most {WebhookStore.LongestName} characters.");

    public static SpecError? CheckKinds(IReadOnlyList<string> kinds, IReadOnlyCollection<string> known)
    {
        if (kinds.Count == 0)
            return new SpecError("/events", $"Say what it is to be told: one or several of {string.Join(", ", known)}.");
        return kinds.FirstOrDefault(kind => !known.Contains(kind, StringComparer.Ordinal)) is { } unknown
            ? new SpecError("/events", $"'{(unknown.Length > 60 ? unknown[..60] + "…" : unknown)}' is nothing that happens. Use {string.Join(", ", known)}.")
            : null;
    }

    public static SpecError? CheckTarget(WebhookFormat format, string target)
    {
        if (format == WebhookFormat.Mail)
            return IsMail(target) ? null : new SpecError("/target", "Write one e-mail address, for example team@example.org.");
        return Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && target.Length <= LongestTarget
            ? null
            : new SpecError("/target", $"Write an address that begins with https:// (or http://), without a password and in at most {LongestTarget} characters, for example https://example.org/hooks/brigade.");
    }

    /// <summary>What may be shown of a target. A chat's address is a secret in itself, and so can be what stands behind a question mark.</summary>
    public static string Show(WebhookFormat format, string target)
    {
        if (format == WebhookFormat.Mail)
            return target;
        var uri = new Uri(target);
        var site = uri.GetLeftPart(UriPartial.Authority);
        return format == WebhookFormat.Slack ? site + "/…" : site + uri.AbsolutePath + (uri.Query.Length > 0 ? "?…" : "");
    }

    // Nothing that a mail server could take for a second recipient or for a header.
    private static bool IsMail(string text) => EmailRule.LooksRight(text) && !text.Any(character => character is ',' or ';' or '<' or '>');
}
