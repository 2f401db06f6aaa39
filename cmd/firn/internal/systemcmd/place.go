package systemcmd

// This file defines which machine or home a command is about.

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/store/ssh"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// placeFlags say which machine is meant.
type placeFlags struct {
	ProfileName string `short:"p" default:"system" placeholder:"NAME" help:"The profile: system, or one of those below system-profiles."`
	Root        string `placeholder:"DIR" help:"The machine is in this folder, with a store of its own: what nixos-install does."`
	TargetHost  string `placeholder:"USER@HOST" help:"The machine is another one, which ssh reaches. What is built here is copied there."`
	Sudo        bool   `help:"Run commands that change the other machine with sudo."`
}

// homeFlags say which home is meant.
type homeFlags struct {
	Profile string `placeholder:"PATH" help:"The profile. Default: home-manager, among those of the user."`
}

// A job is a run of a command about a machine or home.
type job struct {
	*storecmd.Env
	kind       system.Kind
	machine    *system.Machine
	profile    string        // absolute path of the link; on TargetHost, if there is one
	remote     *ssh.Command  // nil: the machine is this one, or a folder
	remoteRef  string        // of its store
	shell      system.Shell  // of remote
	recordDirs []string      // that may have records; the first one gets new ones
	local      *system.Local // nil with remote
}

// open returns the job of a command about a machine.
func (f *placeFlags) open(e *storecmd.Env) (*job, error) {
	if f.Root != "" && f.TargetHost != "" {
		return nil, dropin.Usage("--root and --target-host cannot be used together")
	}
	j := &job{Env: e, kind: system.NixOS}
	state, root := e.StateDir(), ""
	if f.Root != "" {
		root = path.Clean(e.Absolute(f.Root))
		if info, err := os.Stat(filepath.FromSlash(root)); err != nil || !info.IsDir() {
			return nil, dropin.Failure("there is no folder '%s', which --root names", root)
		}
		if err := e.Set.Set("store", "local?root="+root); err != nil {
			return nil, err
		}
		state = root + "/nix/var/nix"
	} else if f.TargetHost != "" {
		state = "/nix/var/nix"
	}
	j.profile = path.Join(state, "profiles/system")
	if name := cmp.Or(f.ProfileName, "system"); name != "system" {
		if strings.Contains(name, "/") || name == "." || name == ".." {
			return nil, dropin.Usage("'%s' is not the name of a profile", name)
		}
		j.profile = path.Join(state, "profiles/system-profiles", name)
	}
	j.recordDirs = []string{path.Join(cmp.Or(root, "/"), "nix/var/nix/firn/generations")}
	if root == "" {
		j.recordDirs[0] = path.Join(e.StateDir(), "firn/generations")
	}
	if root == "" && os.Geteuid() != 0 {
		j.recordDirs = append([]string{userRecords(e)}, j.recordDirs...)
	}
	j.machine = &system.Machine{Kind: system.NixOS, Say: func(text string) { e.Log.Say(dropin.Notice, text) }}
	if f.TargetHost != "" {
		return j, j.openRemote(f)
	}
	j.local = &system.Local{
		Profile: filepath.FromSlash(j.profile), Root: filepath.FromSlash(root), ActiveLink: filepath.FromSlash(root + "/run/current-system"),
		Keep: j.keep, Log: func(text string) { e.Log.Say(dropin.Notice, text) },
	}
	j.machine.Host = j.local
	return j, nil
}

// userRecords returns where records are kept of a user who may not write to the state of the store.
func userRecords(e *storecmd.Env) string {
	return path.Join(cmp.Or(e.Getenv("XDG_STATE_HOME"), path.Join(e.Home, ".local/state")), "firn/generations")
}

// openRemote prepares what ssh reaches.
func (j *job) openRemote(f *placeFlags) error {
	j.remote = &ssh.Command{Host: f.TargetHost, Stderr: j.Err}
	j.remoteRef = "ssh-ng://" + f.TargetHost
	j.shell = func(ctx context.Context, script string, in io.Reader, out io.Writer) (int, error) {
		c := *j.remote
		c.Remote = []string{"sh", "-c", script}
		if f.Sudo {
			c.Remote = append([]string{"sudo", "--"}, c.Remote...)
		}
		return c.Run(ctx, in, out)
	}
	j.machine.Host = &system.Remote{
		Profile: j.profile, ActiveLink: "/run/current-system", Shell: j.shell, Stdout: j.Err,
		Log: func(text string) { j.Log.Say(dropin.Notice, text) },
	}
	return nil
}

// open returns the job of a command about a home.
func (f *homeFlags) open(e *storecmd.Env) (*job, error) {
	j := &job{Env: e, kind: system.Home, recordDirs: []string{userRecords(e)}}
	j.profile = path.Join(e.StateHome(), "profiles/home-manager")
	if f.Profile != "" {
		j.profile = path.Clean(e.Absolute(f.Profile))
	} else if old := path.Join(e.StateDir(), "profiles/per-user", userName(e), "home-manager"); !exists(j.profile) && exists(old) {
		j.profile = old // where Home Manager had it before Nix 2.14
	}
	state := cmp.Or(e.Getenv("XDG_STATE_HOME"), path.Join(e.Home, ".local/state"))
	j.local = &system.Local{
		Profile: filepath.FromSlash(j.profile), ActiveLink: filepath.FromSlash(state + "/home-manager/gcroots/current-home"),
		Keep: j.keep, Log: func(text string) { e.Log.Say(dropin.Notice, text) },
	}
	j.machine = &system.Machine{Kind: system.Home, Host: j.local, Say: func(text string) { e.Log.Say(dropin.Notice, text) }}
	return j, nil
}

// command returns the name of the commands about this kind.
func (j *job) command() string {
	if j.kind == system.Home {
		return "home"
	}
	return "system"
}

// exists reports whether there is something at a path.
func exists(file string) bool {
	_, err := os.Lstat(filepath.FromSlash(file))
	return err == nil
}

// keep makes a link that is a root of the garbage collector.
func (j *job) keep(ctx context.Context, link, to string) error {
	s, err := j.Store(ctx)
	if err != nil {
		return err
	}
	k, err := storecmd.Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	return k.AddRoot(ctx, link, to)
}

// nixPrograms are those of Nix that the activation of a home runs.
var nixPrograms = []string{"nix", "nix-build", "nix-env", "nix-store"}

// withPrograms returns the environment of an activation: one without Nix has firn in its place, in a
// folder behind those of PATH. remove deletes the folder. The programs are files and no symbolic
// links: Home Manager looks for the others beside what nix-env leads to.
func (j *job) withPrograms() (env []string, remove func(), err error) {
	if _, err := exec.LookPath("nix-env"); err == nil {
		return nil, func() {}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "firn-programs-")
	if err != nil {
		return nil, nil, err
	}
	from := self
	for _, name := range nixPrograms {
		file := filepath.Join(dir, name)
		if os.Link(from, file) != nil { // on another file system, or not this user's
			err = copyProgram(from, file)
		}
		if err != nil {
			_ = os.RemoveAll(dir)
			return nil, nil, err
		}
		from = file
	}
	return []string{"PATH=" + os.Getenv("PATH") + string(filepath.ListSeparator) + dir}, func() { _ = os.RemoveAll(dir) }, nil
}

// copyProgram copies a program.
func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}
