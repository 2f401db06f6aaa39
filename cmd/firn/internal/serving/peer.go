package serving

// This file defines who may connect, and who is trusted.

import (
	"errors"
	"fmt"
	"io"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins/settings"
)

// credentials are those of the process at the other side of a socket.
type credentials struct {
	uid, gid uint32
	pid      int32 // 0 if it is not known
}

// errUnknownPeer is the error of a system that does not tell who connects.
var errUnknownPeer = errors.New("the system does not tell which user connects")

// A gate decides who may connect, by settings that have names of users, of groups
// behind an @, and * for all.
type gate struct {
	allowed, trusted []string
	buildGroup       string // whose users, which are builders, may not connect; "" for none
	note             func(text string)
}

// newGate returns the gate that the settings say.
func newGate(set *settings.Settings, note func(text string)) *gate {
	return &gate{set.Strings("allowed-users"), set.Strings("trusted-users"), set.Text("build-users-group"), note}
}

// admit reports whether the other side of a socket is trusted. The error is that it
// may not connect.
func (g *gate) admit(conn io.ReadWriteCloser) (bool, error) {
	c, err := peer(conn)
	if err != nil {
		return g.decide("", "", nil, 0)
	}
	name, group, groups := identify(c)
	return g.decide(name, group, groups, c.pid)
}

// peer returns the credentials of the other side of a socket.
func peer(conn io.ReadWriteCloser) (c credentials, err error) {
	sys, ok := conn.(syscall.Conn)
	if !ok {
		return c, errUnknownPeer
	}
	raw, err := sys.SyscallConn()
	if err != nil {
		return c, err
	}
	ctrlErr := raw.Control(func(fd uintptr) { c, err = peerOf(int(fd)) })
	return c, errors.Join(err, ctrlErr)
}

// identify returns the name of a user, that of the process's group, and those of all
// groups that the user is a member of. A number stands for what has no name.
func identify(c credentials) (name, group string, groups []string) {
	name, group = strconv.Itoa(int(c.uid)), strconv.Itoa(int(c.gid))
	if g, err := user.LookupGroupId(group); err == nil {
		group = g.Name
	}
	u, err := user.LookupId(name)
	if err != nil {
		return name, group, nil
	}
	ids, _ := u.GroupIds() // none, if they cannot be told
	for _, id := range ids {
		if g, err := user.LookupGroupId(id); err == nil {
			groups = append(groups, g.Name)
		}
	}
	return u.Username, group, groups
}

// decide is admit for a user, "" if that is not known.
func (g *gate) decide(name, group string, groups []string, pid int32) (bool, error) {
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(entry string) bool {
			of, isGroup := strings.CutPrefix(entry, "@")
			switch {
			case entry == "*":
				return true
			case isGroup:
				return group != "" && of == group || slices.Contains(groups, of)
			}
			return name != "" && entry == name
		})
	}
	trusted := in(g.trusted)
	shown := name
	if shown == "" {
		shown = "<unknown>"
	}
	if !trusted && !in(g.allowed) || group != "" && group == g.buildGroup {
		return false, fmt.Errorf("user '%s' is not allowed to connect to the Nix daemon", shown)
	}
	from, standing := "<unknown>", ""
	if pid > 0 {
		from = strconv.Itoa(int(pid))
	}
	if trusted {
		standing = " (trusted)"
	}
	g.note(fmt.Sprintf("accepted connection from pid %s, user %s%s", from, shown, standing))
	return trusted, nil
}
