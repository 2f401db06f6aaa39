package stores

// This file defines how the stores are opened that a reference means.

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/serve"
	"github.com/firn-lang/firn/builtins/store/ssh"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// open opens the store of a reference.
func (o *Opened) open(ctx context.Context, r Reference) (store.Store, error) {
	switch r.Scheme {
	case "auto":
		return o.openAuto(ctx, r)
	case "dummy":
		s := store.Dummy(o.dir(r))
		if r.Params["read-only"] == "false" {
			return memory.New(s), nil // as long as the program runs
		}
		return s, nil
	case "local":
		return o.openLocal(ctx, r)
	case "daemon", "unix":
		return o.openDaemon(r), nil
	case "ssh", "ssh-ng":
		return o.openSSH(r), nil
	case "http", "https":
		if host, _, _ := strings.Cut(r.Authority, "/"); host == "" {
			return nil, &settings.UsageError{Message: settings.Message{Format: "`http` Store requires a non-empty authority in Store URL"}}
		}
		return cache.Open(r.Text, cache.Options{Dir: o.dir(r), Client: http.DefaultClient, Warn: o.warn})
	case "file", "s3":
		return cache.Open(r.Text, cache.Options{Dir: o.dir(r), Client: http.DefaultClient, Warn: o.warn})
	}
	return nil, fmt.Errorf("stores with the scheme '%s' are not supported yet", r.Scheme)
}

// dir returns the store directory of a store that does not tell it.
func (o *Opened) dir(r Reference) storepath.Dir {
	if dir := r.Params["store"]; dir != "" {
		return storepath.Dir(dir)
	}
	return storepath.Dir(o.StoreDir(o.set))
}

// openDaemon returns the store of a daemon on this machine, which is connected when it is used.
func (o *Opened) openDaemon(r Reference) store.Store {
	socket := r.Authority
	if socket == "" {
		socket = daemon.SocketPath(o.Getenv)
	}
	s := daemon.New(daemon.Options{Dial: daemon.Unix(socket), Dir: o.dir(r), Files: o.Host, Local: true, Settings: o.forDaemon(), Log: o.said})
	o.closes = append(o.closes, s.Close)
	return s
}

// forDaemon returns what a daemon is told of the settings.
func (o *Opened) forDaemon() *wire.Settings {
	out := &wire.Settings{
		KeepFailed: o.set.Bool("keep-failed"), KeepGoing: o.set.Bool("keep-going"), TryFallback: o.set.Bool("fallback"), Verbosity: info,
		MaxJobs: uint64(max(o.jobs(), 0)), MaxSilentTime: uint64(max(o.set.Int("max-silent-time"), 0)), Cores: uint64(max(o.set.Int("cores"), 0)),
		Substitute: o.set.Bool("substitute"),
	}
	for _, name := range daemonSettings {
		if value, changed := o.set.Changed(name); changed {
			out.Overrides = append(out.Overrides, wire.Pair{Key: name, Value: value})
		}
	}
	return out
}

// daemonSettings are the settings, by name, that a daemon is told if they are not the defaults.
var daemonSettings = []string{
	"allow-new-privileges", "allowed-impure-host-deps", "always-allow-substitutes", "auto-optimise-store", "build-dir", "compress-build-log",
	"connect-timeout", "download-attempts", "extra-platforms", "filter-syscalls", "http-connections", "keep-build-log", "keep-derivations", "keep-outputs",
	"log-lines", "max-build-log-size", "netrc-file", "post-build-hook", "require-sigs", "sandbox", "sandbox-build-dir", "sandbox-dev-shm-size",
	"sandbox-fallback", "sandbox-paths", "secret-key-files", "ssl-cert-file", "stalled-download-timeout", "substituters", "system", "system-features",
	"timeout", "trusted-public-keys", "user-agent-suffix",
}

// info is the level of messages in the protocol of daemons that users see.
const info = wire.LevelInfo

// said hands on what a daemon says.
func (o *Opened) said(m wire.Message) {
	text := strings.TrimSuffix(m.Text, "\n")
	switch {
	case m.Kind == wire.Text:
		o.log(text)
	case m.Kind == wire.StartActivity && m.Level <= info && text != "":
		o.log(text + "...")
	case m.Kind == wire.Result && m.Type == wire.ResultLogLine && o.BuildLogs && len(m.Fields) > 0:
		o.log(m.Fields[0].Text)
	}
}

// splitPort separates USER@HOST:PORT. More than one colon is an address of IPv6, which has
// brackets if a port follows it.
func splitPort(authority string) (host, port string) {
	user, at, ok := "", authority, false
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		user, at = authority[:i+1], authority[i+1:]
	}
	if rest, bracket := strings.CutPrefix(at, "["); bracket {
		if host, port, ok = strings.Cut(rest, "]"); ok {
			return user + host, strings.TrimPrefix(port, ":")
		}
	}
	if strings.Count(at, ":") == 1 {
		host, port, _ = strings.Cut(at, ":")
		return user + host, port
	}
	return authority, ""
}

// openSSH returns the store of another machine, which the ssh program reaches when it is used.
func (o *Opened) openSSH(r Reference) store.Store {
	remote := r.Params["remote-program"]
	host, port := splitPort(r.Authority)
	c := ssh.Command{Host: host, Port: port, Key: r.Params["ssh-key"], Compress: r.Params["compress"] == "true", Stderr: o.Err}
	var other []string // the arguments that name a store there
	if ref := r.Params["remote-store"]; ref != "" {
		other = []string{"--store", ref}
	}
	if r.Scheme == "ssh" {
		if remote == "" {
			remote = "nix-store"
		}
		c.Remote = append([]string{remote, "--serve", "--write"}, other...)
		s := serve.New(c.Dial, o.dir(r))
		o.closes = append(o.closes, s.Close)
		return s
	}
	if remote == "" {
		remote = "nix-daemon"
	}
	c.Remote = append([]string{remote, "--stdio"}, other...)
	s := daemon.New(daemon.Options{Dial: c.Dial, Dir: o.dir(r), Settings: o.forDaemon(), Log: o.said})
	o.closes = append(o.closes, s.Close)
	return s
}

// openAuto opens the store on the disk, or that of the daemon for a user who may not write
// to it. For a user who has neither, and could not make one, it is a store below the folder
// for data of programs.
func (o *Opened) openAuto(ctx context.Context, r Reference) (store.Store, error) {
	state := o.StateDir()
	_, missing := os.Stat(state)
	if missing == nil && o.hasDaemon() {
		return o.openDaemon(r), nil
	}
	if os.IsNotExist(missing) && os.Getuid() > 0 && o.Getenv("NIX_STORE_DIR") == "" && o.Getenv("NIX_STATE_DIR") == "" {
		data := o.Getenv("XDG_DATA_HOME")
		if data == "" {
			data = path.Join(o.Home, ".local/share")
		}
		root := path.Join(data, "nix/root")
		o.warn(fmt.Sprintf("'%s' does not exist, so firn will use '%s' as a chroot store", state, root))
		r.Params["root"] = root
	}
	return o.openLocal(ctx, r)
}

// hasDaemon reports whether the usual store is that of a daemon, since this user may not write
// to it.
func (o *Opened) hasDaemon() bool {
	if Writable(o.StateDir()) {
		return false
	}
	_, err := os.Stat(daemon.SocketPath(o.Getenv))
	return err == nil
}

// openLocal opens a store on the disk. Parameters of the reference come before the
// environment, which does not count for a store that has a root of its own.
func (o *Opened) openLocal(ctx context.Context, r Reference) (store.Store, error) {
	for _, name := range []string{"root", "state", "log", "real"} {
		if dir := r.Params[name]; dir != "" && !path.IsAbs(dir) && !r.isRoot() {
			return nil, &settings.Message{Format: "not an absolute path: \"%s\"", Args: []any{dir}}
		}
	}
	opt := local.Options{
		Dir:      storepath.Dir(o.StoreDir(o.set)),
		Real:     r.Params["real"],
		State:    r.Params["state"],
		LogDir:   r.Params["log"],
		ReadOnly: r.Params["read-only"] == "true" || r.Params["read-only"] == "1",
		Builder:  o.builder,
		Log:      o.log,
	}
	if dir := r.Params["store"]; dir != "" {
		opt.Dir = storepath.Dir(dir)
	}
	if root := r.Params["root"]; root != "" {
		abs, err := filepath.Abs(root)
		if err != nil {
			return nil, err
		}
		opt.Root = abs
	} else {
		if opt.State == "" {
			opt.State = o.Getenv("NIX_STATE_DIR")
		}
		if opt.LogDir == "" {
			opt.LogDir = o.Getenv("NIX_LOG_DIR")
		}
	}
	for _, feature := range o.set.Strings("experimental-features") {
		opt.CADerivations = opt.CADerivations || feature == "ca-derivations"
	}
	opt.AutoOptimise = o.set.Bool("auto-optimise-store")
	s, err := local.Open(ctx, opt)
	if err != nil {
		return nil, err
	}
	o.closes = append(o.closes, s.Close)
	return s, nil
}

// LogDir returns the folder of logs of builds of the usual store.
func (o *Opened) LogDir() string {
	if dir := o.Getenv("NIX_LOG_DIR"); dir != "" {
		return dir
	}
	return "/nix/var/log/nix"
}
