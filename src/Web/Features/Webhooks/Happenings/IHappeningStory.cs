using System.Text.Json.Nodes;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>Tells one kind of happening, for people and for programs. One file per kind.</summary>
internal interface IHappeningStory
{
    string Kind { get; }

    /// <summary>What a subscriber reads beside the choice, in a few words.</summary>
    string Label { get; }

    /// <summary>Null where there is nothing to tell any more, because what it happened to is gone.</summary>
    Task<Story?> TellAsync(HappeningRow happening, CancellationToken cancellation);
}

/// <summary>A happening, told.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">More of it, in lines.</param>
/// <param name="Path">The page that shows it.</param>
/// <param name="Data">The same for programs.</param>
internal sealed record Story(string Title, string Text, string Path, JsonObject Data);
