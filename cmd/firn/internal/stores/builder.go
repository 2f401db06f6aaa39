package stores

// This file defines the builder of a store on the disk: how settings say that it builds.

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// builder returns what builds in a store.
func (o *Opened) builder(s *local.Store) store.Builder {
	set := o.set
	if group := set.Text("build-users-group"); group != "" && os.Geteuid() == 0 {
		o.warn(fmt.Sprintf("builders run as this user: the users of the group '%s' are not used yet", group))
	}
	opt := build.Options{
		Store:           s,
		System:          set.Text("system"),
		OtherSystems:    o.platforms(),
		Features:        o.features(),
		Experimental:    set.Strings("experimental-features"),
		Jobs:            o.jobs(),
		Cores:           set.Int("cores"),
		KeepGoing:       set.Bool("keep-going"),
		KeepFailed:      set.Bool("keep-failed"),
		Fallback:        set.Bool("fallback"),
		AlwaysFetch:     set.Bool("always-allow-substitutes"),
		Timeout:         time.Duration(set.Int("timeout")) * time.Second,
		MaxSilent:       time.Duration(set.Int("max-silent-time")) * time.Second,
		MaxLog:          int64(set.Int("max-build-log-size")),
		SandboxPaths:    sandboxPaths(set.Strings("sandbox-paths")),
		SandboxBuild:    set.Text("sandbox-build-dir"),
		SandboxShm:      set.Text("sandbox-dev-shm-size"),
		SandboxFallback: set.Bool("sandbox-fallback"),
		CertFile:        setup.CertFile(o.Streams, set),
		NoFilter:        !set.Bool("filter-syscalls"),
		NewPrivileges:   set.Bool("allow-new-privileges"),
		HostPrefixes:    strings.Fields(set.Text("allowed-impure-host-deps")),
		BuildDir:        set.Text("build-dir"),
		NoLog:           !set.Bool("keep-build-log"),
		PlainLog:        !set.Bool("compress-build-log"),
		LogLines:        set.Int("log-lines"),
		ShownLog:        o.BuildLogs,
		LogCommand:      "nix-store -l",
		PostHook:        set.Text("post-build-hook"),
		HookEnv:         os.Environ(),
		Download:        setup.Download(o.Streams, set),
		Mirrors:         set.Strings("hashed-mirrors"),
		Keys:            sync.OnceValues(func() ([]signature.SecretKey, error) { return SecretKeys(set) }),
		Begin:           setup.Building,
		Getenv:          o.Getenv,
		NameLimits:      o.NameLimits,
		Event:           o.event,
	}
	switch set.Text("sandbox") {
	case "true":
		opt.Sandbox = build.Always
	case "relaxed":
		opt.Sandbox = build.Relaxed
	}
	if slices.Contains(set.Strings("experimental-features"), "nix-command") {
		opt.LogCommand = "nix log"
	}
	if o.LogCommand != "" {
		opt.LogCommand = o.LogCommand
	}
	return build.New(opt)
}

// jobs returns how many builds run at once.
func (o *Opened) jobs() int {
	if o.set.Text("max-jobs") == "auto" {
		return runtime.NumCPU()
	}
	return o.set.Int("max-jobs")
}

// platforms returns the systems whose programs the machine can run, besides its own.
func (o *Opened) platforms() []string {
	list := o.set.Strings("extra-platforms")
	if len(list) == 0 && o.set.Text("system") == "x86_64-linux" {
		return []string{"i686-linux"}
	}
	return list
}

// features returns what derivations may ask of the machine.
func (o *Opened) features() []string {
	if list := o.set.Strings("system-features"); len(list) > 0 {
		return list
	}
	list := []string{"nixos-test", "benchmark", "big-parallel"}
	if f, err := os.OpenFile("/dev/kvm", os.O_RDWR, 0); err == nil {
		_ = f.Close()
		list = append(list, "kvm")
	}
	return list
}

// sandboxPaths returns the paths that words name: PATH or TARGET=SOURCE, with a question
// mark behind it if it need not be there.
func sandboxPaths(words []string) []build.SandboxPath {
	var out []build.SandboxPath
	for _, word := range words {
		word, optional := strings.CutSuffix(word, "?")
		target, source, ok := strings.Cut(word, "=")
		if !ok {
			source = target
		}
		out = append(out, build.SandboxPath{Target: target, Source: source, Optional: optional})
	}
	return out
}

// event passes on what a builder tells.
func (o *Opened) event(e build.Event) {
	if o.OnBuild != nil {
		o.OnBuild(e)
		return
	}
	switch e.Kind {
	case build.Warning:
		o.warn(e.Text)
	case build.Failed:
		o.log(fmt.Sprintf("error: %v", e.Err))
	case build.Note:
		o.log(e.Text)
	}
}
