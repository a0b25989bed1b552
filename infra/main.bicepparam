using 'main.bicep'

param registryName = readEnvironmentVariable('REGISTRY')
param image = readEnvironmentVariable('IMAGE')
param databasePassword = readEnvironmentVariable('DATABASE_PASSWORD') // never in a file
param schoolSettings = loadTextContent('school.toml')
