{ apple = 30; melon = 250; }
