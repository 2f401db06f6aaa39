package build

// This file defines the file system that a builder in a sandbox sees.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/store"
)

// The user and group of a builder in a sandbox, as it sees them.
const (
	boxUser  = 1000
	boxGroup = 100
)

// makeRoot makes the folder of the sandbox, and returns what is to be mounted there. real
// is the build folder on the disk.
func (a *attempt) makeRoot(ctx context.Context, real string) (*sandbox.Root, error) {
	if a.b.dir.Contains(a.b.SandboxBuild) || strings.HasPrefix(string(a.b.dir)+"/", a.b.SandboxBuild+"/") {
		return nil, errors.New("`sandbox-build-dir` must not contain the storeDir")
	}
	root := a.root()
	storeDir := filepath.Join(root, filepath.FromSlash(string(a.b.dir)))
	errs := []error{
		os.Mkdir(a.chroot, 0o700), os.Mkdir(root, 0o750),
		os.Mkdir(filepath.Join(root, "tmp"), 0o777), os.Chmod(filepath.Join(root, "tmp"), 0o777|os.ModeSticky),
		os.Mkdir(filepath.Join(root, "etc"), 0o755),
		os.MkdirAll(storeDir, 0o755), os.Chmod(storeDir, 0o775|os.ModeSticky),
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for name, text := range a.etc() {
		if err := writeNew(filepath.Join(root, "etc", name), text); err != nil {
			return nil, err
		}
	}
	binds, err := a.binds(ctx, real)
	if err != nil {
		return nil, err
	}
	return &sandbox.Root{
		Dir: sandbox.Text(root), Store: sandbox.Text(string(a.b.dir)), Binds: binds, Network: a.networked(), ShmSize: sandbox.Text(a.b.SandboxShm),
		KVM: slices.Contains(a.b.Features, "kvm"), UID: boxUser, GID: boxGroup,
	}, nil
}

// etc returns the files in /etc of the sandbox.
func (a *attempt) etc() map[string]string {
	files := map[string]string{
		"passwd": fmt.Sprintf("root:x:0:0:Nix build user:%[3]s:/noshell\nnixbld:x:%[1]d:%[2]d:Nix build user:%[3]s:/noshell\nnobody:x:65534:65534:Nobody:/:/noshell\n",
			boxUser, boxGroup, a.b.SandboxBuild),
		"group": fmt.Sprintf("root:x:0:\nnixbld:!:%d:\nnogroup:x:65534:\n", boxGroup),
	}
	if a.networked() {
		files["nsswitch.conf"] = "hosts: files dns\nservices: files\n"
	} else {
		files["hosts"] = "127.0.0.1 localhost\n::1 localhost\n"
	}
	return files
}

// networkFiles are files that a builder sees that has the network of the machine.
var networkFiles = []string{"/etc/resolv.conf", "/etc/services", "/etc/hosts"}

// binds returns what of the machine the builder sees, sorted by where it sees it.
func (a *attempt) binds(ctx context.Context, real string) ([]sandbox.Bind, error) {
	byTarget := map[string]SandboxPath{}
	for _, p := range a.b.SandboxPaths {
		byTarget[p.Target] = p
		// What is in the store is of no use without what it refers to.
		if !a.b.dir.Contains(p.Source) {
			continue
		}
		sp, _, err := a.b.dir.Split(p.Source)
		if err != nil {
			continue
		}
		closure := map[string]bool{}
		if err := a.b.addClosure(ctx, closure, a.b.dir.Text(sp)); err != nil {
			if errors.Is(err, store.ErrInvalid) {
				continue
			}
			return nil, fmt.Errorf("while processing sandbox path \"%s\": %w", p.Source, err)
		}
		for path := range closure {
			byTarget[path] = SandboxPath{Target: path, Source: a.b.Store.RealPath(path)}
		}
	}
	byTarget[a.b.SandboxBuild] = SandboxPath{Source: real}
	for _, path := range a.opts.hostPaths {
		clean := filepath.Clean(path)
		if !slices.ContainsFunc(a.b.HostPrefixes, func(prefix string) bool {
			prefix = filepath.Clean(prefix)
			return clean == prefix || strings.HasPrefix(clean, strings.TrimSuffix(prefix, "/")+"/")
		}) {
			return nil, fmt.Errorf("derivation '%s' requested impure path '%s', but it was not in allowed-impure-host-deps", a.drvPath, path)
		}
		byTarget[path] = SandboxPath{Source: path, Optional: true}
	}
	for path := range a.inputs {
		byTarget[path] = SandboxPath{Source: a.b.Store.RealPath(path)}
	}
	for i := range a.d.Outputs {
		delete(byTarget, a.d.Outputs[i].Path)
	}
	if a.networked() {
		for _, file := range networkFiles {
			if to, err := filepath.EvalSymlinks(file); err == nil && byTarget[file].Source == "" {
				byTarget[file] = SandboxPath{Source: to}
			}
		}
		const bundle = "/etc/ssl/certs/ca-certificates.crt"
		if a.b.CertFile != "" {
			if to, err := filepath.EvalSymlinks(a.b.CertFile); err == nil && byTarget[bundle].Source == "" {
				byTarget[bundle] = SandboxPath{Source: to, Optional: true}
			}
		}
	}
	targets := make(map[string]bool, len(byTarget))
	for target := range byTarget {
		targets[target] = true
	}
	binds := make([]sandbox.Bind, 0, len(byTarget))
	for _, target := range sorted(targets) {
		p := byTarget[target]
		binds = append(binds, sandbox.Bind{Source: sandbox.Text(p.Source), Target: sandbox.Text(target), Optional: p.Optional})
	}
	return binds, nil
}
