package systemcmd

// This file defines nixos-rebuild: the command line of that program of NixOS 26.05.

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

const rebuildHelp = `nixos-rebuild, the one of firn: builds and switches the machine with NixOS.

    nixos-rebuild switch              build, make it the machine's, activate it
    nixos-rebuild boot                build, start it from now on
    nixos-rebuild test                build, activate it until the machine starts again
    nixos-rebuild build               build, make the link result
    nixos-rebuild dry-build           say what would be built
    nixos-rebuild dry-activate        build, say which units would be started, stopped and restarted
    nixos-rebuild list-generations    list the generations

firn system does the same, and says what changes and why. firn does not do edit, repl, build-vm,
build-vm-with-bootloader and build-image.
`

// A rebuild is a run of nixos-rebuild.
type rebuild struct {
	*storecmd.Env
	flags     activateFlags
	operands  []string
	help      bool
	rollback  bool
	json      bool
	diff      bool
	storePath string
	asks      bool   // for a password
	buildHost string // builds elsewhere
	upgrade   bool
}

// RebuildMain runs nixos-rebuild with the arguments behind its name, and returns the exit status.
func RebuildMain(args []string, s *setup.Streams) int {
	r := &rebuild{Env: storecmd.NewEnv(dropin.New("nixos-rebuild", s))}
	err := r.run(args)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return r.End(err)
}

// ownFlags returns the flags that the other programs of Nix have not.
func (r *rebuild) ownFlags() []dropin.Flag {
	f := &r.flags
	list := func(to *[]string, join string) func([]string) error {
		return func(args []string) error { *to = append(*to, strings.Join(args, join)); return nil }
	}
	return []dropin.Flag{
		{Name: "help", Short: 'h', Help: "Print this text.", Apply: dropin.On(&r.help)},
		{Name: "flake", Short: 'F', Args: "ref", Help: "The configuration is an output of this flake. Default: /etc/nixos, if there is a flake.nix.", Apply: dropin.To(&f.Flake)},
		{Name: "no-flake", Help: "Look for no flake.", Apply: dropin.On(&f.noFlake)},
		{Name: "file", Short: 'f', Args: "file", Help: "The configuration is in this file.", Apply: dropin.To(&f.File)},
		{Name: "attr", Short: 'A', Args: "attr", Help: "It is this attribute of the file.", Apply: dropin.To(&f.Attr)},
		{Name: "profile-name", Short: 'p', Args: "name", Help: "The profile; one of system-profiles, if it is not system.", Apply: dropin.To(&f.ProfileName)},
		{Name: "specialisation", Short: 'c', Args: "name", Help: "Activate this specialisation.", Apply: dropin.To(&f.Specialisation)},
		{Name: "install-bootloader", Alias: "install-grub", Help: "Install the boot loader itself.", Apply: dropin.On(&f.InstallBootloader)},
		{Name: "rollback", Help: "Take the generation before the current one, and build nothing.", Apply: dropin.On(&r.rollback)},
		{Name: "store-path", Args: "path", Help: "Take this system, and build nothing.", Apply: dropin.To(&r.storePath)},
		{Name: "target-host", Args: "host", Help: "Switch this machine, which ssh reaches.", Apply: dropin.To(&f.TargetHost)},
		{Name: "sudo", Alias: "use-remote-sudo", Help: "Run commands that change the other machine with sudo.", Apply: dropin.On(&f.Sudo)},
		{Name: "elevate", Args: "how", Help: "The same, if it is sudo; none is the default.", Apply: func(args []string) error {
			switch args[0] {
			case "sudo":
				f.Sudo = true
			case "none":
				f.Sudo = false
			default:
				return dropin.Usage("'%s' is neither sudo nor none, which are what firn knows", args[0])
			}
			return nil
		}},
		{Name: "ask-elevate-password", Short: 'S', Alias: "ask-sudo-password", Help: "Is an error: firn asks for no passwords of other machines.", Apply: dropin.On(&r.asks)},
		{Name: "build-host", Args: "host", Help: "Is an error: firn does not build on other machines.", Apply: dropin.To(&r.buildHost)},
		{Name: "upgrade", Alias: "upgrade-all", Help: "Is an error: firn does not update channels.", Apply: dropin.On(&r.upgrade)},
		{Name: "json", Help: "With list-generations: print JSON.", Apply: dropin.On(&r.json)},
		{Name: "diff", Help: "Print what would change, and why.", Apply: dropin.On(&r.diff)},
		{Name: "include", Short: 'I', Args: "path", Help: "Look here first for what stands between < and >.", Apply: list(&f.Include, "")},
		{Name: "impure", Help: "Evaluate a flake with what the machine has.", Apply: dropin.On(&f.Impure)},
		{Name: "arg", Args: "name expr", Help: "An argument of functions.", Apply: list(&f.Arg, "=")},
		{Name: "argstr", Args: "name text", Help: "The same, for a string.", Apply: list(&f.ArgStr, "=")},
		{Name: "override-input", Args: "input ref", Help: "Let an input of the flake be another flake.", Apply: list(&f.OverrideInput, "=")},
		{Name: "update-input", Args: "input", Help: "Look this input up again.", Apply: list(&f.UpdateInput, "")},
		{Name: "recreate-lock-file", Help: "Look all inputs up again.", Apply: dropin.On(&f.RecreateLockFile)},
		{Name: "no-update-lock-file", Help: "Fail if the lock file would change.", Apply: dropin.On(&f.NoUpdateLockFile)},
		{Name: "no-write-lock-file", Help: "Do not write the lock file.", Apply: dropin.On(&f.NoWriteLockFile)},
		{Name: "commit-lock-file", Help: "Commit the lock file, if it changed.", Apply: dropin.On(&f.CommitLockFile)},
		{Name: "print-build-logs", Short: 'L', Help: "Print the logs of builds as they come.", Apply: dropin.On(&f.PrintLogs)},
		{Name: "no-reexec", Alias: "fast", Help: "Has no meaning here.", Apply: dropin.Nothing},
		{Name: "no-build-nix", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "no-ssh-tty", Help: "Has no meaning any more.", Apply: dropin.Nothing},
	}
}

// withFlake returns a command line in which --flake without a reference has ".".
func withFlake(args []string) []string {
	var out []string
	for i, a := range args {
		out = append(out, a)
		if (a == "--flake" || a == "-F") && (i+1 == len(args) || strings.HasPrefix(args[i+1], "-")) {
			out = append(out, ".")
		}
	}
	return out
}

// run does what the command line asks for.
func (r *rebuild) run(args []string) error {
	if err := r.Set.Load(); err != nil {
		return err
	}
	own, build, common := r.ownFlags(), r.BuildFlags(), r.CommonFlags()
	var words []string
	for _, a := range withFlake(args) {
		if name, value, ok := strings.Cut(a, "="); ok && strings.HasPrefix(name, "--") && dropin.Find(name, own) != nil {
			words = append(words, name, value) // --flake=.#x
			continue
		}
		words = append(words, a)
	}
	if err := dropin.Parse(words, func(args []string) ([]string, bool, error) {
		return r.Take(args, own, build, common)
	}, func(args []string) ([]string, bool, error) {
		r.operands = append(r.operands, args[0])
		return args[1:], true, nil
	}); err != nil {
		return err
	}
	if r.help {
		fmt.Fprint(r.Text, rebuildHelp)
		return dropin.PrintFlags(r.Text, dropin.Section{Title: "What to do", Flags: own}, dropin.Section{Title: "Builds", Flags: build}, dropin.Section{Title: "Messages and settings", Flags: common})
	}
	if err := r.Finish(); err != nil {
		return err
	}
	if len(r.operands) != 1 {
		return dropin.Usage("one action is needed: switch, boot, test, build, dry-build, dry-activate or list-generations")
	}
	switch {
	case r.asks:
		return dropin.Failure("firn asks for no passwords of other machines; let sudo there need none, or log in as root")
	case r.buildHost != "":
		return dropin.Failure("firn does not build on other machines yet; it builds here, and copies to --target-host")
	case r.upgrade:
		return dropin.Failure("firn does not update channels; run nix-channel --update first")
	}
	ctx, stop := r.Interruptible()
	defer stop()
	return r.act(ctx, r.operands[0])
}

// actions are what an action of the command line asks of the program of a generation.
var actions = map[string]system.Action{"switch": system.Switch, "boot": system.Boot, "test": system.Test, "dry-activate": system.DryActivate}

// act does an action.
func (r *rebuild) act(ctx context.Context, action string) error {
	j, err := r.flags.placeFlags.open(r.Env)
	if err != nil {
		return err
	}
	switch action {
	case "list-generations":
		return r.list(ctx, j)
	case "edit", "repl", "build-vm", "build-vm-with-bootloader", "build-image":
		return dropin.Failure("firn does not do '%s' of nixos-rebuild", action)
	}
	a, activates := actions[action]
	if !activates && !slices.Contains([]string{"build", "dry-build", "dry-run"}, action) {
		return dropin.Usage("unknown action '%s'", action)
	}
	p := system.Plan{Action: a, Specialisation: r.flags.Specialisation}
	if r.flags.InstallBootloader {
		p.Env = []string{bootLoader}
	}
	switch {
	case r.rollback && activates:
		return j.runRollback(ctx, &rollbackFlags{}, p)
	case r.rollback:
		return dropin.Usage("--rollback is for switch, boot, test and dry-activate")
	case r.storePath != "" && activates:
		p.Path = path.Clean(r.storePath)
		return j.switchTo(ctx, p)
	case r.storePath != "":
		return dropin.Usage("--store-path is for switch, boot, test and dry-activate")
	}
	r.Log.BuildLogs = r.Log.BuildLogs || r.flags.PrintLogs
	r.Log.Say(dropin.Notice, "building the system configuration...")
	to, err := j.prepare(ctx, &r.flags.sourceFlags, func(lines ...string) {
		if r.diff {
			j.tell(lines...)
		}
	})
	if err != nil {
		return err
	}
	if !activates && action != "build" {
		s, err := r.Store(ctx)
		if err != nil {
			return err
		}
		return r.Announce(ctx, s, []store.Target{to.target()})
	}
	if err := j.build(ctx, to); err != nil {
		return err
	}
	if activates {
		p.Path = to.path
		err = j.switchTo(ctx, p)
	} else {
		err = j.keep(ctx, path.Join(r.Dir, "result"), to.path)
	}
	if err == nil {
		r.Log.Say(dropin.Notice, "Done. The new configuration is "+to.path)
	}
	return err
}

// A rebuilt is a generation as list-generations prints it.
type rebuilt struct {
	Generation      int      `json:"generation"`
	Date            string   `json:"date"`
	NixosVersion    string   `json:"nixosVersion"`
	KernelVersion   string   `json:"kernelVersion"`
	Revision        string   `json:"configurationRevision"`
	Specialisations []string `json:"specialisations"`
	Current         bool     `json:"current"`
}

// list does list-generations.
func (r *rebuild) list(ctx context.Context, j *job) error {
	if j.remote != nil {
		return dropin.Usage("list-generations is about this machine; firn system list --target-host is about another one")
	}
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return err
	}
	out := []rebuilt{}
	for _, g := range slices.Backward(s.Generations) {
		b := rebuilt{Generation: g.Number, Date: g.Created.Format(time.DateTime), Current: g.Number == s.Current, Specialisations: []string{}}
		version, err := os.ReadFile(filepath.FromSlash(g.Path + "/nixos-version"))
		b.NixosVersion = cmp.Or(strings.TrimSpace(string(version)), "Unknown")
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		b.KernelVersion = "Unknown"
		if names := entries(g.Path + "/kernel-modules/lib/modules"); len(names) > 0 {
			b.KernelVersion = names[0]
		}
		b.Specialisations = append(b.Specialisations, entries(g.Path+"/specialisation")...)
		out = append(out, b)
	}
	if r.json {
		text, err := json.MarshalIndent(out, "", "  ")
		r.Lines(string(text))
		return err
	}
	w := tabwriter.NewWriter(r.Text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "Generation\tBuild-date\tNixOS version\tKernel\tConfiguration Revision\tSpecialisation\tCurrent")
	for _, b := range out {
		current := "False"
		if b.Current {
			current = "True"
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", b.Generation, b.Date, b.NixosVersion, b.KernelVersion, b.Revision, strings.Join(b.Specialisations, " "), current)
	}
	return w.Flush()
}

// entries returns the names in a folder, sorted; none if there is no folder.
func entries(dir string) (names []string) {
	list, err := os.ReadDir(filepath.FromSlash(dir))
	if err != nil {
		return nil
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}
