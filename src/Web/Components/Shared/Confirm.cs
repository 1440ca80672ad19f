using MudBlazor;

namespace Brigade.Web.Components.Shared;

/// <summary>Asks before something that cannot be undone.</summary>
public static class Confirm
{
    /// <param name="action">What the button says that goes on, for example <c>Delete</c>.</param>
    /// <param name="keep">What the button says that does not.</param>
    public static async Task<bool> AskAsync(IDialogService dialogs, string title, string text, string action, string keep = "Keep")
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var answer = await dialogs.ShowMessageBoxAsync(title, text, action, null, keep, new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return answer == true;
    }
}
