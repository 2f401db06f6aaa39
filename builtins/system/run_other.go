//go:build !unix

package system

// This file stands in for the running of programs where there is neither NixOS nor Home Manager.

import "errors"

// activate implements Local.Run.
func (l *Local) activate([]string, []string) (int, error) {
	return 0, errors.New("generations are not activated on this system")
}

// Main does nothing.
func Main() {}
