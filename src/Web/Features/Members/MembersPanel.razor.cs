using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Members;

/// <summary>The members of the workspace with their roles.</summary>
public sealed partial class MembersPanel
{
    private IReadOnlyList<MemberRow>? _members;
    private bool _busy;

    [Inject]
    private MembershipStore Store { get; set; } = null!;

    [Inject]
    private MemberActions Actions { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private IEnumerable<WorkspaceRole> Roles(MemberRow member) => Enum.GetValues<WorkspaceRole>().Where(role => Me.Can(MembershipStore.Needed(member.Role, role)));

    private bool IsMe(MemberRow member) => string.Equals(Me.ActorId, member.UserId.ToString(), StringComparison.OrdinalIgnoreCase);

    private bool MayChange(MemberRow member) => Me.Can(MembershipStore.Needed(member.Role, member.Role));

    private Task LoadAsync() => TryLoadAsync("The members could not be loaded.", async () => _members = await Store.ListAsync(Gone));

    private async Task ChangeAsync(MemberRow member, string? name)
    {
        if (!Enum.TryParse<WorkspaceRole>(name, out var role) || role == member.Role)
            return;
        if (!IsMe(member) || await Confirm.AskAsync(Dialogs, "Give up your own role?", $"You would be {Words(role)} from then on. Only an owner can give the role back.", "Give it up"))
            await DoAsync($"The role of {member.Name} could not be changed.", () => Actions.ChangeRoleAsync(member.UserId, role, Gone));

        // Also where it was not changed: the list has to show what is, not what was chosen.
        _members = null;
        StateHasChanged();
        await LoadAsync();
    }

    private async Task RemoveAsync(MemberRow member)
    {
        if (!await Confirm.AskAsync(Dialogs, $"Remove {member.Name}?", "Their pages of this workspace close at once, and they can no longer open it. Their account, and what they did, stays.", "Remove"))
            return;
        await DoAsync($"{member.Name} could not be removed.", () => Actions.RemoveAsync(member.UserId, Gone));
        await LoadAsync();
    }

    private async Task LeaveAsync(MemberRow member)
    {
        if (!await Confirm.AskAsync(Dialogs, "Leave this workspace?", "You can no longer open it, unless somebody invites you again. What you did stays.", "Leave", "Stay"))
            return;
        await DoAsync("You could not leave.", () => Actions.RemoveAsync(member.UserId, Gone));
        await LoadAsync();
    }

    private async Task DoAsync(string problem, Func<Task> action)
    {
        _busy = true;
        await TryAsync(problem, action);
        _busy = false;
    }

    private static string Words(WorkspaceRole role) => role switch
    {
        WorkspaceRole.Viewer => "a viewer",
        WorkspaceRole.Editor => "an editor",
        WorkspaceRole.Admin => "an admin",
        _ => "an owner",
    };
}
