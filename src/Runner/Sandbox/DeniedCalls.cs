namespace Brigade.Runner.Sandbox;

/// <summary>System calls that no measured code needs, and that reach beyond its box, keep something alive after it or are where the kernel's holes have been.</summary>
internal static class DeniedCalls
{
    /// <summary>Their numbers on this machine.</summary>
    public static IReadOnlyList<int> All { get; } = [.. Table.Select(pair => SystemCall.Number(pair.X64, pair.Arm64)).Where(number => number >= 0)];

    private static (int X64, int Arm64)[] Table =>
    [
        // Other processes' memory and descriptors: ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd, process_madvise
        (101, 117), (310, 270), (311, 271), (312, 272), (438, 438), (440, 440),

        // Keys: add_key, request_key, keyctl
        (248, 217), (249, 218), (250, 219),

        // Calls that would pass by this filter: io_uring_setup, io_uring_enter, io_uring_register
        (425, 425), (426, 426), (427, 427),

        // Wide doors into the kernel: bpf, perf_event_open, userfaultfd, fanotify_init, fanotify_mark, lookup_dcookie, memfd_secret
        (321, 280), (298, 241), (323, 282), (300, 262), (301, 263), (212, 18), (447, 447),

        // Mounts and namespaces: mount, umount2, pivot_root, chroot, unshare, setns, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr
        (165, 40), (166, 39), (155, 41), (161, 51), (272, 97), (308, 268), (428, 428), (429, 429), (430, 430), (431, 431), (432, 432), (433, 433), (442, 442),

        // Files by handle, which no rule about paths sees: name_to_handle_at, open_by_handle_at
        (303, 264), (304, 265),

        // What outlives its maker: shmget, shmat, shmctl, semget, semop, semctl, semtimedop, msgget, msgsnd, msgrcv, msgctl, mq_open, mq_unlink
        (29, 194), (30, 196), (31, 195), (64, 190), (65, 193), (66, 191), (220, 192), (68, 186), (69, 189), (70, 188), (71, 187), (240, 180), (241, 181),

        // The machine itself: kexec_load, kexec_file_load, init_module, finit_module, delete_module, reboot, swapon, swapoff, acct, quotactl, quotactl_fd,
        // settimeofday, clock_settime, adjtimex, clock_adjtime, syslog, sethostname, setdomainname, vhangup, iopl, ioperm, move_pages, migrate_pages
        (246, 104), (320, 294), (175, 105), (313, 273), (176, 106), (169, 142), (167, 224), (168, 225), (163, 89), (179, 60), (443, 443),
        (164, 170), (227, 112), (159, 171), (305, 266), (103, 116), (170, 161), (171, 162), (153, 58), (172, -1), (173, -1), (279, 239), (256, 238),
    ];
}
