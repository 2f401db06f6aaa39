// Package systemcmd has the commands that switch machines with NixOS and homes with Home
// Manager: firn system, firn home, and a link called nixos-rebuild.
//
//	System, Home      commands: fields are flags and operands, Run does the work
//	sourceFlags       which configuration is evaluated, and how
//	placeFlags        which machine is meant: this one, a folder, or one that ssh reaches
//	job               a run: the machine, and what is evaluated for it
//	collector         makes the record of an evaluated configuration
//	RebuildMain       nixos-rebuild
//
// Packages builtins/system and builtins/system/why do what needs no evaluator.
package systemcmd
