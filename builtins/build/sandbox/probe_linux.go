package sandbox

// This file defines the probe: which setting of the system forbids a sandbox.

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
)

// Probe returns nil if a sandbox can be made, and otherwise an error that names the
// setting of the system that forbids it. It tries once for a program: by a stage in
// namespaces that mounts a new /proc.
func Probe() error { return probed() }

var probed = sync.OnceValue(func() error {
	dir, err := os.MkdirTemp("", "firn-probe-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, sub := range []string{"etc", "store", "tmp"} {
		if err := os.Mkdir(dir+"/"+sub, 0o755); err != nil {
			return err
		}
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	p, err := Start(&Spec{Path: "/none", Dir: "/", Root: &Root{Dir: text(dir), Store: "/store", ShmSize: "50%", UID: 1000, GID: 100}}, null, null)
	if err == nil {
		p.Wait() // there is nothing to execute, which is no fault of the sandbox
		return nil
	}
	return err
})

// knobs are the settings of systems that forbid namespaces, with the value that does.
var knobs = []struct{ file, forbids, help string }{
	{"/proc/sys/user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000"},
	{"/proc/sys/kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"},
	{"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "sysctl kernel.apparmor_restrict_unprivileged_userns=0"},
	{"/proc/sys/user/max_mnt_namespaces", "0", "sysctl user.max_mnt_namespaces=10000"},
	{"/proc/sys/user/max_pid_namespaces", "0", "sysctl user.max_pid_namespaces=10000"},
	{"/proc/sys/user/max_net_namespaces", "0", "sysctl user.max_net_namespaces=10000"},
}

// startError returns an error of starting a stage with the setting that is likely to be
// its reason.
func startError(err error) error {
	var failed *exec.Error
	if errors.As(err, &failed) || !errors.Is(err, syscall.EPERM) && !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.EUSERS) {
		return err
	}
	for _, k := range knobs {
		value, missing := os.ReadFile(k.file)
		if missing == nil && strings.TrimSpace(string(value)) == k.forbids {
			return fmt.Errorf("%w (%s is %s: try '%s')", err, k.file, k.forbids, k.help)
		}
	}
	return fmt.Errorf("%w (namespaces are forbidden, mostly by the container or service that this runs in)", err)
}
