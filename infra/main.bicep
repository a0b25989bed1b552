// Everything that one trust needs in Azure, in one resource group: the bot, its identity, its database, its secrets.
// The database has no public address, and the bot has no password: it is its managed identity.
// docs/install.md says how to run this and what was never tried.

@description('Short name that the names of everything begin with.')
@minLength(3)
@maxLength(12)
param name string = 'askdpo'

@description('Where the data stays; the resource group says so.')
param location string = resourceGroup().location

@description('The container registry in this resource group that holds the image.')
param registryName string

@description('The image in it, such as askdpo:0.1.0.')
param image string

@description('The password of the database. It goes into Key Vault and nowhere else.')
@secure()
@minLength(20)
param databasePassword string

@description('The settings file of the school, TOML; comments alone mean every strict default.')
param schoolSettings string

@description('Which Entra group gives which roles, TOML; empty: staff come from files. docs/install.md, section 9.')
param directorySettings string = ''

@description('The app in the Teams catalogue, for people who never opened the bot; empty: it installs itself for nobody.')
param teamsAppId string = ''

@description('The one mailbox that says "open Teams" when Teams failed; empty: no mail.')
param mailbox string = ''

@description('Teams waits 15 seconds for an answer, and a cold start may take longer: never 0.')
@minValue(1)
param minReplicas int = 1

@minValue(1)
param maxReplicas int = 2

var unique = uniqueString(resourceGroup().id)
var port = 3978
var databaseName = 'askdpo'
var databaseUser = 'askdpo'
var mayReadSecrets = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-a874-0445c86b69e6' // Key Vault Secrets User
)
var mayPullImages = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '7f951dda-4ed3-4680-a7ca-43fe172d538d' // AcrPull
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

// --- network: the bot and the database see each other, and nobody else sees the database

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/24'] }
    subnets: [
      {
        name: 'bot'
        properties: {
          addressPrefix: '10.20.0.0/26'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.0.64/28'
          delegations: [{ name: 'postgres', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }

  resource botSubnet 'subnets' existing = { name: 'bot' }
  resource databaseSubnet 'subnets' existing = { name: 'database' }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

// --- database

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    network: { delegatedSubnetResourceId: network::databaseSubnet.id, privateDnsZoneArmResourceId: zone.id }
    highAvailability: { mode: 'Disabled' }
  }
  dependsOn: [zone::link]

  resource database 'databases' = { name: databaseName }

  // What a failed statement was about may be somebody's name: the server's own log says neither.
  resource noStatements 'configurations' = {
    name: 'log_min_error_statement'
    properties: { value: 'panic', source: 'user-override' }
  }
  resource noDetails 'configurations' = {
    name: 'log_error_verbosity'
    properties: { value: 'terse', source: 'user-override' }
    dependsOn: [noStatements] // the server takes one change at a time
  }
}

// --- secrets

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}${take(unique, 10)}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }

  resource databaseUrl 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgresql+asyncpg://${databaseUser}:${uriComponent(databasePassword)}@${postgres.properties.fullyQualifiedDomainName}:5432/${databaseName}?ssl=require'
    }
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, mayReadSecrets)
  scope: vault
  properties: {
    roleDefinitionId: mayReadSecrets
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// --- image

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = { name: registryName }

resource pullsImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, mayPullImages)
  scope: registry
  properties: {
    roleDefinitionId: mayPullImages
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// --- files that go in and out by hand: lists to import, registers that were exported

resource files 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${take(replace(name, '-', ''), 11)}${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: { allowBlobPublicAccess: false, minimumTlsVersion: 'TLS1_2', supportsHttpsTrafficOnly: true }

  resource service 'fileServices' = {
    name: 'default'
    properties: { shareDeleteRetentionPolicy: { enabled: false } } // what is deleted there is gone
    resource share 'shares' = { name: 'files', properties: { shareQuota: 1 } }
  }
}

// --- the bot itself

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: network::botSubnet.id, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }

  resource share 'storages' = {
    name: 'files'
    properties: {
      azureFile: {
        accountName: files.name
        accountKey: files.listKeys().keys[0].value
        shareName: files::service::share.name
        accessMode: 'ReadWrite'
      }
    }
  }
}

var fullImage = '${registry.properties.loginServer}/${image}'
var mounts = [
  { volumeName: 'settings', mountPath: '/settings' }
  { volumeName: 'files', mountPath: '/files' }
]
var environmentVariables = [
  { name: 'ASKDPO_DATABASE_URL', secretRef: 'database-url' }
  { name: 'ASKDPO_CONFIG', value: '/settings/school.toml' }
  { name: 'ASKDPO_PORT', value: string(port) }
  { name: 'ASKDPO_DIRECTORY', value: empty(directorySettings) ? '' : '/settings/directory.toml' } // empty is not set
  { name: 'ASKDPO_TEAMS_APP_ID', value: teamsAppId }
  { name: 'ASKDPO_MAILBOX', value: mailbox }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppId', value: identity.properties.clientId }
  { name: 'MicrosoftAppTenantId', value: identity.properties.tenantId }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    managedEnvironmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: port, transport: 'http', allowInsecure: false }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: [
        { name: 'database-url', keyVaultUrl: vault::databaseUrl.properties.secretUri, identity: identity.id }
        { name: 'school-settings', value: schoolSettings }
        { name: 'directory-settings', value: empty(directorySettings) ? '# none' : directorySettings }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30 // what is under way takes up to 12
      initContainers: [
        { // replicas that start at once take turns
          name: 'upgrade'
          image: fullImage
          command: ['askdpo', 'db', 'upgrade']
          env: environmentVariables
          volumeMounts: mounts
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
        }
      ]
      containers: [
        {
          name: 'askdpo'
          image: fullImage
          env: environmentVariables
          volumeMounts: mounts
          resources: { cpu: json('0.5'), memory: '1Gi' }
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 3, failureThreshold: 20 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 30 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 10 }
          ]
        }
      ]
      volumes: [
        {
          name: 'settings'
          storageType: 'Secret'
          secrets: [
            { secretRef: 'school-settings', path: 'school.toml' }
            { secretRef: 'directory-settings', path: 'directory.toml' }
          ]
        }
        {
          name: 'files'
          storageType: 'AzureFile'
          storageName: environment::share.name
          mountOptions: 'uid=10001,gid=10001,dir_mode=0700,file_mode=0600' // the image's user
        }
      ]
      scale: { minReplicas: minReplicas, maxReplicas: maxReplicas }
    }
  }
  dependsOn: [readsSecrets, pullsImages, postgres::database]
}

// --- what Teams knows: one channel, and no keys

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Ask DPO'
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel' }
  }
}

output host string = app.properties.configuration.ingress.fqdn
output appId string = identity.properties.clientId
output storageAccount string = files.name
